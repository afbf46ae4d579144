-- A gap is opened, changed or closed; one that was closed meanwhile is not opened again by a change. One that grew
-- meanwhile (beat.lua) keeps its new end, and closing it leaves what is new of it.
-- KEYS  gaps
-- ARGV  id, what is known of it ('' closes it), 1 to open it, its end as the caller knows it (ms; '' of the release before)
-- gives 1 where it was done
if ARGV[3] == '1' then return redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) end
local there = redis.call('HGET', KEYS[1], ARGV[1])
if not there then return 0 end
local known, kept = tonumber(ARGV[4] or ''), cjson.decode(there)
local grew = known and tonumber(kept.till) > known
if ARGV[2] == '' then
  if not grew then return redis.call('HDEL', KEYS[1], ARGV[1]) end
  redis.call('HSET', KEYS[1], ARGV[1], cjson.encode({ since = ARGV[4], till = kept.till, reason = kept.reason }))
  return 1
end
local value = ARGV[2]
if grew then
  local changed = cjson.decode(value)
  changed.till = kept.till
  value = cjson.encode(changed)
end
redis.call('HSET', KEYS[1], ARGV[1], value)
return 1
