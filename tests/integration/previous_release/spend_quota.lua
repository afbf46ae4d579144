-- One call to X, counted in every window or in none.
-- KEYS  one zset a window
-- ARGV  now (ms), token of the call, then limit and length (ms) of each window
-- gives {0} when spent (now, or by this very token before), else {when there is room again (ms), number of the window}
local now, token, again, which = tonumber(ARGV[1]), ARGV[2], 0, 0
for i = 1, #KEYS do
  local limit, length = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  if redis.call('ZSCORE', KEYS[i], token) then return {'0'} end
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - length)
  local used = redis.call('ZCARD', KEYS[i])
  if used >= limit then
    local at = now + length
    if limit > 0 then
      at = tonumber(redis.call('ZRANGE', KEYS[i], used - limit, used - limit, 'WITHSCORES')[2]) + length
    end
    if at > again then again, which = at, i end
  end
end
if again > 0 then return {string.format('%d', again), which} end
for i = 1, #KEYS do
  redis.call('ZADD', KEYS[i], now, token)
  redis.call('PEXPIRE', KEYS[i], ARGV[2 * i + 2])
end
return {'0'}
