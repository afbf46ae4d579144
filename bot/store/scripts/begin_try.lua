-- The thinking about a message begins; only what ends it, or who takes the try back, makes it uncounted. What a try is
-- told comes from the same instant.
-- KEYS  fence, tries, talk
-- ARGV  fencing number, token of this try ('' counts none: somebody only looks), seconds the count lives,
--       then tokens of tries to take back
-- gives {'STALE'} (nothing changed) | {'BEGUN', tries before this one, fields of the talk}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'STALE'} end
for i = 4, #ARGV do redis.call('SREM', KEYS[2], ARGV[i]) end
local ours = 0
if ARGV[2] ~= '' then
  redis.call('SADD', KEYS[2], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[3])
  ours = 1
end
return {'BEGUN', redis.call('SCARD', KEYS[2]) - ours, redis.call('HGETALL', KEYS[3])}
