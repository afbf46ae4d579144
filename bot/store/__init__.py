"""The only code that speaks Redis. Promises 1 and 2 of giftbot are kept here; docs/store.md tells how.

How Redis is reached
    connection  Store: the client, its time-outs, and the parts below as attributes
    wire        how a command or script reaches Redis, and what a failure becomes
    clients, lanes   one server or a cluster; what is asked for together travels together
    shared_clock   the moment all senders go by
    keys        every key with its lifetime
    scripts     what must happen wholly or not at all, in Lua
    durability  whether this Redis keeps what it is given; redis_files: what its files still hold

In
    door        duplicates, stop and start wishes, echoes of our own messages
    turns       messages waiting for the dialogue worker, the one commit of a turn (ending)
    queued      what waits, as values
    workers     who is alive and owns what; talks: who answers in a talk; dead: messages given up
    gaps        stretches of time in which something may have been missed
    interactions  what shoppers did with what was shown, until the ledger has it

Out
    outbox      Sends in lanes per shopper: claim and settle (claims, box, sends)
    proposals   what departments and people do with Sends; listing, watching: for who looks
    words       what the word about a long wait needs
    quotas      X's allowance and shared budgets, spent before the call; held: sending paused by people
    records     what turns came to
    tokens      the account's OAuth 2.0 pair

Of a shopper
    consents    who allowed what, when and how
    shopper_data, finding, dates, forgetting   where something of a shopper lies, how old it is, and how it goes
"""
