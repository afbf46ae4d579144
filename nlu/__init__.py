"""What giftbot understands: plain text in, a Reading out; Readings merged into a Brief.

text        what a message looks like once it is safe to read
lexicon     the word lists of data/lookups, ready for look-up
words       the words of a message with their places
recipients, occasions, ages, money, interests, exclusions, positions
            one grammar each: text in, findings with spans out; pure, never raising
reading     all grammars over one message
brief       what is known of the gift wanted so far, and how a Reading changes it
optout      stop and start wishes, recognised without any model
components  the Rasa components around all this; nothing else here imports Rasa
"""
