-- A gap is opened, changed or closed; one that was closed meanwhile is not opened again by a change.
-- KEYS  gaps
-- ARGV  id, what is known of it ('' closes it), 1 to open it
-- gives 1 where it was done
if ARGV[2] == '' then return redis.call('HDEL', KEYS[1], ARGV[1]) end
local there = redis.call('HEXISTS', KEYS[1], ARGV[1])
if ARGV[3] == '1' then return redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) end
if there == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
