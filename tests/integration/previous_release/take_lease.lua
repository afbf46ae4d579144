-- Own a partition for a while; every new ownership gets a higher fencing number. The group exists from here on.
-- KEYS  lease, fence, turns
-- ARGV  owner, lease (ms), group
-- gives the fencing number, or nothing where another owner holds the lease
local held = redis.call('GET', KEYS[1])
if held and string.gsub(held, '^%d+ ', '') ~= ARGV[1] then return false end
local made = redis.pcall('XGROUP', 'CREATE', KEYS[3], ARGV[3], '0', 'MKSTREAM')
if type(made) == 'table' and made.err and not string.find(made.err, 'BUSYGROUP', 1, true) then return made end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], fence .. ' ' .. ARGV[1], 'PX', ARGV[2])
return fence
