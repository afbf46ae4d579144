"""The only code that speaks Redis. Promises 1 and 2 of giftbot are kept here; docs/store.md tells how.

connection  Store: one connection to Redis, and all parts as its attributes
access      how Redis is reached, and whether it keeps what it is given
inbound     from X's delivery to the end of a turn
outbound    from an answer, or a department's wish, to what X took
shoppers    consents, and how everything of a shopper is found and forgotten
scripts     what must happen wholly or not at all, in Lua
"""
