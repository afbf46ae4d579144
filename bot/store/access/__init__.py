"""How Redis is reached, and whether it keeps what it is given.

wire          how a command or script reaches Redis, and what a failure becomes
batches, line scripts asked for together travel together; one kept connection
clients       one server, or the nodes of a cluster
waits         connections that wait
keys          every key with its lifetime
shared_clock  the moment all senders go by
durability    whether this Redis keeps what giftbot promises to keep; redis_files: what its files still hold
"""
