-- needs: outbox
-- People change a Send that waits: cancel it, or approve it (it is judged again at once).
-- KEYS  send, then the box
-- ARGV  shopper, send, now (ms; '' for Redis' own), what (cancel|approve), by whom, seconds a final Send lives
-- gives 'CHANGED' | 'UNKNOWN' | the state it is in, which cannot be changed any more
local send, box, id, now = KEYS[1], outbox_box(2), ARGV[2], outbox_now(ARGV[3])
local state = redis.call('HGET', send, 'state')
if not state then return 'UNKNOWN' end
if state ~= 'pending' then return state end
if ARGV[4] == 'cancel' then
  redis.call('HSET', send, 'sentence', 'Cancelled by ' .. ARGV[5] .. '.')
  outbox_finish(send, box, id, ARGV[1], now, 'refused', 'cancelled', '', ARGV[6])
  return 'CHANGED'
end
redis.call('HSET', send, 'approved_by', ARGV[5])
outbox_note(send, now, 'pending', 'approved')
for _, entry in ipairs((outbox_entries(box))) do
  if entry.id == id then
    entry.due = math.max(tonumber(now), tonumber(redis.call('HGET', send, 'wanted') or '') or 0)
    outbox_put(box, entry)
  end
end
outbox_touch(box)
outbox_arrange(box, ARGV[1], tonumber(now))
return 'CHANGED'
