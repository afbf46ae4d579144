-- A dialogue worker says that it lives, what it may own and what it owns; all who live are its answer.
-- KEYS  workers
-- ARGV  worker, partitions it may own, partitions it owns, ms until it counts as dead (0: it leaves), its process,
--       whether this process announced itself under this name before (1|0)
-- gives {worker, its partitions, worker, ...}, or 'TWIN' (another living process took this name since; nothing changed).
-- A process that comes takes the name of whoever had it: most often its own of before a restart.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local until_ms, process = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^(%d+) %S+ %S+ ?(%S*)')
local taken = until_ms and tonumber(until_ms) > now and process ~= ARGV[5]
if ARGV[4] == '0' then
  if not taken then redis.call('HDEL', KEYS[1], ARGV[1]) end
elseif taken and ARGV[6] == '1' then return 'TWIN'
else
  local said = string.format('%d', now + ARGV[4]) .. ' ' .. ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[5]
  redis.call('HSET', KEYS[1], ARGV[1], said)
  redis.call('EXPIRE', KEYS[1], 86400)
end
local kept, alive = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #kept, 2 do
  local lives, partitions = string.match(kept[i + 1], '^(%d+) (.*)$')
  if lives and tonumber(lives) > now then
    alive[#alive + 1], alive[#alive + 2] = kept[i], partitions
  else
    redis.call('HDEL', KEYS[1], kept[i])
  end
end
return alive
