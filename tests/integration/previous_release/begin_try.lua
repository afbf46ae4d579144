-- The thinking about a message begins; only what ends it, or who takes the try back, makes it uncounted.
-- KEYS  fence, tries
-- ARGV  fencing number, token of this try, seconds the count lives
-- gives 'STALE' (nothing changed) | 'BEGUN'
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'STALE' end
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 'BEGUN'
