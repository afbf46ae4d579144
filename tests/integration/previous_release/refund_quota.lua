-- A call that was spent and never made is given back, in every window.
-- KEYS  one zset a window
-- ARGV  token of the call
for i = 1, #KEYS do redis.call('ZREM', KEYS[i], ARGV[1]) end
return 1
