-- What waits behind an entry, oldest first. An entry leaves the queue only at its commit, so from '-' on these are all
-- the messages without one, whoever read them before.
-- KEYS  fence, turns
-- ARGV  fencing number, from ('-' or '(' and an entry id), how many
-- gives {'STALE'} | {'READ', now (ms), entries}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'STALE'} end
local time = redis.call('TIME')
return {'READ', time[1] * 1000 + math.floor(time[2] / 1000), redis.call('XRANGE', KEYS[2], ARGV[2], '+', 'COUNT', ARGV[3])}
