-- How far a shopper's request to be forgotten has come; nothing where it is another one by now.
-- KEYS  forget
-- ARGV  shopper, the request as it was read, as it is now ('' where it is done)
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return 1
