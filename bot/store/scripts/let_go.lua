-- The holder lets go; of another's hold nothing changes.
-- KEYS  the lock
-- ARGV  owner
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
