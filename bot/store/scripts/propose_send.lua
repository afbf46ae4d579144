-- needs: outbox
-- A Send of a department: stored once, whoever asks how often.
-- KEYS  send, then the box
-- ARGV  fields as JSON, now (ms; '' for Redis' own), fingerprint of all that was asked for, how many may wait for one shopper
-- gives 'ADDED' | 'KNOWN' (this very one is there, or was handed to X) | 'DIFFERENT' (another one with this id)
--       | 'FULL' (too many wait for this shopper)
--       | 'STRANGER' (they never wrote to us, or were forgotten since it was judged: nothing waits for who writes anew)
local fields, box = cjson.decode(ARGV[1]), outbox_box(2)
local asked = redis.call('HMGET', KEYS[1], 'state', 'asked')
if asked[1] then return asked[2] == ARGV[3] and 'KNOWN' or 'DIFFERENT' end
-- its own record may be gone; that X had it is remembered longer
for _, handed in ipairs(redis.call('ZRANGE', box.spent, 0, -1)) do
  if cjson.decode(handed)[1] == fields.id then return 'KNOWN' end
end
if not redis.call('HGET', box.consent, 'state') then return 'STRANGER' end
-- every script reads a shopper's whole queue: one department's slip must not make it slow for all
if redis.call('HLEN', box.queue) >= tonumber(ARGV[4]) then return 'FULL' end
outbox_add(KEYS[1], box, fields, outbox_now(ARGV[2]))
redis.call('HSET', KEYS[1], 'asked', ARGV[3])
return 'ADDED'
