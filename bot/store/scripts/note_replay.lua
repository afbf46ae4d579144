-- X's word on a replay job that ended.
-- KEYS  replays
-- ARGV  job, complete (1|0), seconds the key lives
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
