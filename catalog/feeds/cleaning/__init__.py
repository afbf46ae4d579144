"""A row of a feed becomes a Product, an OfferUpdate or a Rejection.

product       a row of a full feed
update        a row of a partial update
rules         every rule a row can break, and its hint
text          what is taken out of names, descriptions and other text
money         prices, sales, costs
availability  words and numbers of stock
audience      ages and gender
times         dates, intervals, handling and transit
"""
