-- needs: outbox
-- A word that an answer will take long: before that answer and before everybody else's, if the answer still waits
-- untried. It costs the shopper no place: to be told is not to be served.
-- KEYS  the answer, the word, then the box
-- ARGV  id of the answer, fields of the word as JSON, now (ms; '' for Redis' own)
-- gives 1, or 0 where the answer does not wait any more, or there was such a word before
local answer, word, box = KEYS[1], KEYS[2], outbox_box(3)
if redis.call('EXISTS', word) == 1 then return 0 end
local kept = redis.call('HMGET', answer, 'state', 'attempts', 'stops')
local head = outbox_state((outbox_entries(box))).head
if kept[1] ~= 'pending' or kept[2] ~= '0' or not head or head.id ~= ARGV[1] then return 0 end
local consent = redis.call('HMGET', box.consent, 'state', 'stops')
if consent[1] ~= 'open' or (consent[2] or '0') ~= kept[3] then return 0 end
local fields = cjson.decode(ARGV[2])
fields.stops = kept[3]
local now = outbox_now(ARGV[3])
outbox_add(word, box, fields, now)
outbox_put(box, { id = fields.id, urgency = 0, order = head.order - 1, due = 0, phase = 'w', mark = fields.mark })
outbox_arrange(box, fields.shopper, tonumber(now))
return 1
