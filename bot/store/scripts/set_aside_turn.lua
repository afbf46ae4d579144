-- An entry this release does not understand leaves the queue for `dead`, whole, with the reason: a later release, or
-- somebody who looks, can bring it back.
-- KEYS  fence, turns, dead
-- ARGV  fencing number, group of the release before, entry, reason, seconds a dead message lives
-- gives 'STALE' (nothing changed) | 'ASIDE' (also where it is gone already)
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'STALE' end
local entry = redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3])[1]
if entry then
  local oldest = redis.call('TIME')[1] * 1000 - ARGV[5] * 1000
  local fields = entry[2]
  fields[#fields + 1], fields[#fields + 2] = 'reason', ARGV[4]
  redis.call('XADD', KEYS[3], 'MINID', '=', oldest, '*', unpack(fields))
  redis.call('EXPIRE', KEYS[3], ARGV[5])
  redis.call('XACK', KEYS[2], ARGV[2], ARGV[3])
  redis.call('XDEL', KEYS[2], ARGV[3])
end
return 'ASIDE'
