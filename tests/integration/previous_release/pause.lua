-- No Send until then; a longer pause already there stays.
-- KEYS  paused
-- ARGV  until (ms), reason, seconds the key lives
if tonumber(redis.call('HGET', KEYS[1], 'until') or '0') >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'until', ARGV[1], 'reason', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
