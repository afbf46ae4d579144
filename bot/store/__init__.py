"""The only code that speaks Redis. Promises 1 and 2 of giftbot are kept here; docs/store.md tells how.

connection  Store: the client, its time-outs, and the parts below as attributes
door        what comes in: duplicates, stop and start wishes, echoes of our own messages
turns       messages waiting for the dialogue worker, leases with fencing numbers, the one commit of a turn
outbox      Sends with their states, in order per shopper, fair between shoppers
quotas      X's allowance, spent before the call
records     what turns came to, for people who look after the bot
interactions  what shoppers did with what was shown, until the ledger has it
keys        every key with its lifetime
wire        how a command or script reaches Redis, and what a failure becomes
scripts     what must happen wholly or not at all, in Lua
"""
