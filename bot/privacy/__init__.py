"""What giftbot keeps of a shopper, shown and deleted, wherever it lies.

places     every place that can hold something of a shopper, and those that cannot, each with the reason
proof      forgets a shopper in all places and counts what is left in each
requests   carries out what shoppers ask for in the chat
"""
