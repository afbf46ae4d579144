-- A refreshed token pair takes the place of the very one it was made from, or of none.
-- KEYS  oauth2
-- ARGV  the pair, sealed; the version it was made from; seconds the key lives
-- gives 1, or 0 where another version is there
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'pair', ARGV[1], 'version', tonumber(ARGV[2]) + 1)
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
