-- One call to X, counted in every window or in none.
-- KEYS  spent, then one zset a window
-- ARGV  now (ms), then limit and length (ms) of each window
-- gives {0} when spent, else {when there is room again (ms), number of the window}
local now, again, which = tonumber(ARGV[1]), 0, 0
for i = 2, #KEYS do
  local limit, length = tonumber(ARGV[2 * i - 2]), tonumber(ARGV[2 * i - 1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - length)
  local used = redis.call('ZCARD', KEYS[i])
  if used >= limit then
    local at = now + length
    if limit > 0 then
      at = tonumber(redis.call('ZRANGE', KEYS[i], used - limit, used - limit, 'WITHSCORES')[2]) + length
    end
    if at > again then again, which = at, i - 1 end
  end
end
if again > 0 then return {string.format('%d', again), which} end
local number = redis.call('INCR', KEYS[1])
for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], now, number)
  redis.call('PEXPIRE', KEYS[i], ARGV[2 * i - 1])
end
return {'0'}
