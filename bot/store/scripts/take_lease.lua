-- Own a partition for a while; every new ownership gets a higher fencing number.
-- KEYS  lease, fence
-- ARGV  owner, lease (ms)
-- gives the fencing number, or nothing where another owner holds the lease
local held = redis.call('GET', KEYS[1])
if held and string.gsub(held, '^%d+ ', '') ~= ARGV[1] then return false end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], fence .. ' ' .. ARGV[1], 'PX', ARGV[2])
return fence
