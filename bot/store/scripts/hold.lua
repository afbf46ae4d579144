-- One process does this at a time; who holds it already goes on holding it.
-- KEYS  the lock
-- ARGV  owner, for how long (ms)
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
