-- The time zone a shopper told.
-- KEYS  consent
-- ARGV  zone, seconds consent lives without a message
redis.call('HSET', KEYS[1], 'zone', ARGV[1])
redis.call('HINCRBY', KEYS[1], 'version', 1)
if redis.call('TTL', KEYS[1]) == -1 and redis.call('HGET', KEYS[1], 'state') ~= 'closed' then
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return 1
