-- A dialogue worker says that it lives, what it may own and what it owns; all who live are its answer.
-- KEYS  workers
-- ARGV  worker, partitions it may own, partitions it owns, ms until it counts as dead (0: it leaves)
-- gives {worker, its partitions, worker, ...}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[4] == '0' then redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%d', now + ARGV[4]) .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
  redis.call('EXPIRE', KEYS[1], 86400)
end
local kept, alive = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #kept, 2 do
  local until_ms, partitions = string.match(kept[i + 1], '^(%d+) (.*)$')
  if until_ms and tonumber(until_ms) > now then
    alive[#alive + 1], alive[#alive + 2] = kept[i], partitions
  else
    redis.call('HDEL', KEYS[1], kept[i])
  end
end
return alive
