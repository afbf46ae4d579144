-- Keep a partition. A lease that ran out is taken up again where nobody else took it meanwhile.
-- KEYS  lease, fence
-- ARGV  owner, lease (ms), fencing number
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[1], ARGV[3] .. ' ' .. ARGV[1], 'PX', ARGV[2])
return 1
