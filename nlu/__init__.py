"""What giftbot understands: plain text in, a Reading out; Readings merged into a Brief.

words       a message made safe to read, its words with their places, the word lists, slips of the finger
people      who the gift is for: relations, how many, ages, gender; several kept apart
money       the budget: amounts, currencies, which end, for each or in all, hints without a figure
days        occasions and their dates, feasts by country, deadlines
tastes      what is liked and what is ruled out
sensitive   what X forbids to store, marked so that it serves one turn and is never kept
findings    all grammars over one message, with the place of everything found
reading     one message read; wish: the fields it shares with the Brief
brief       what is known of the gift wanted so far, and how a Reading changes it
intents     what the shopper wants: features, the two-headed linear model, its training; second wishes in a message
optout      stop and start wishes in six languages, recognised without any model
components  the Rasa components around all this; nothing else here imports Rasa
evaluation  how well labelled messages are understood, as figures with intervals
"""
