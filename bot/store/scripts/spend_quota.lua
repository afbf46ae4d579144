-- One call, counted in every window or in none. Without a moment Redis' own clock counts: the clocks of several
-- senders may be minutes apart, and the one ahead would forget calls that still count.
-- KEYS  one zset a window
-- ARGV  now (ms; '' for Redis' own), token of the call, then limit and length (ms) of each window
-- gives {0} when spent, else {when there is room again (ms), number of the window, now (ms)}
-- A token that is known already is counted anew, at this moment: its own place is no obstacle, and is moved. Left at
-- its first try it would pass out of the window long before the call that was really made.
local now, token, again, which = tonumber(ARGV[1]), ARGV[2], 0, 0
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
for i = 1, #KEYS do
  local limit, length = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - length)
  local own = redis.call('ZRANK', KEYS[i], token)
  local used = redis.call('ZCARD', KEYS[i]) - (own and 1 or 0)
  if used >= limit then
    local at = now + length
    if limit > 0 then
      local place = used - limit
      if own and own <= place then place = place + 1 end
      at = tonumber(redis.call('ZRANGE', KEYS[i], place, place, 'WITHSCORES')[2]) + length
    end
    if at > again then again, which = at, i end
  end
end
if again > 0 then return {string.format('%d', again), which, string.format('%d', now)} end
for i = 1, #KEYS do
  redis.call('ZADD', KEYS[i], now, token)
  redis.call('PEXPIRE', KEYS[i], ARGV[2 * i + 2])
end
return {'0'}
