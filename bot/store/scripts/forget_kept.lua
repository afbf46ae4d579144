-- A record or an ended Send of a shopper goes, if it is from before they were forgotten: by Redis' own clock, from how
-- long it has still to live. A Send that is waiting now was made after.
-- KEYS  record or send, queue
-- ARGV  the Send's id ('' for a record), forgotten at (ms), seconds such a key lives from its end on
-- gives 1 where it went, 0 where it is newer
local left = redis.call('PTTL', KEYS[1])
if left == -2 then return 0 end
if left == -1 then
  if ARGV[1] ~= '' and redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
else
  local time = redis.call('TIME')
  local made = time[1] * 1000 + math.floor(time[2] / 1000) + left - ARGV[3] * 1000
  if made > tonumber(ARGV[2]) then return 0 end
end
return redis.call('DEL', KEYS[1])
