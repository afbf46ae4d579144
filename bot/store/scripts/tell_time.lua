-- The moment by the clock of the node that holds the account's keys: one clock for all senders.
-- KEYS  any key of the account
-- gives {seconds, microseconds}
return redis.call('TIME')
