-- A call that was spent and never made is given back: one entry of that very moment, in every window.
-- KEYS  one zset a window
-- ARGV  when it was spent (ms)
for i = 1, #KEYS do
  local one = redis.call('ZRANGEBYSCORE', KEYS[i], ARGV[1], ARGV[1], 'LIMIT', 0, 1)[1]
  if one then redis.call('ZREM', KEYS[i], one) end
end
return 1
