-- Give a partition up, if it is still ours. The fencing number rises, so nothing of ours can commit after this.
-- KEYS  lease, fence
-- ARGV  owner, fencing number
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
redis.call('INCR', KEYS[2])
return redis.call('DEL', KEYS[1])
