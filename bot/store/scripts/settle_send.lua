-- needs: outbox
-- What came of a claim. Only the latest claim may decide; but that X took the message is a fact whoever tells it.
-- What a look found at X is a conclusion from its words, no such fact: of an overtaken look it may be another Send's.
-- KEYS  send, sent, then the box
-- ARGV  1 shopper, 2 send, 3 token, 4 now (ms; '' for Redis' own), 5 outcome (sent|refused|pending|in_doubt), 6 reason, 7 due at (ms),
--       8 dm event, 9 seconds a final Send lives, 10 seconds X's ids are kept, 11 whether the try counts (1|0),
--       12 whether a look found it (1|0)
-- gives 'SETTLED' | 'SAME' (was settled so before) | 'STALE' (nothing changed)
local send, box, id, token, now, outcome = KEYS[1], outbox_box(3), ARGV[2], ARGV[3], outbox_now(ARGV[4]), ARGV[5]
local kept = redis.call('HMGET', send, 'state', 'token', 'settled', 'dm_event')
local state = kept[1]
-- forgotten meanwhile: nothing is remembered anew
if not state then return 'STALE' end
local found = outcome == 'sent' and ARGV[12] == '1'
if found and not FINAL[state] and (kept[2] ~= token or redis.call('ZSCORE', KEYS[2], ARGV[8])) then return 'STALE' end
if outcome == 'sent' and not (found and FINAL[state]) then
  outbox_remember_sent(KEYS[2], ARGV[8], now, ARGV[10])
  if not redis.call('ZSCORE', box.spent, outbox_handed(send)) then
    outbox_spend(send, box, now, ARGV[10])
    outbox_touch(box)
  end
end
if FINAL[state] then
  if state == outcome and (outcome ~= 'sent' or kept[4] == ARGV[8]) and (kept[3] == token or outcome == 'sent') then
    return 'SAME'
  end
  return 'STALE'
end
if kept[2] ~= token then
  if kept[3] == token .. ' ' .. outcome then return 'SAME' end
  if outcome ~= 'sent' then return 'STALE' end
end
if FINAL[outcome] then
  -- X said they blocked us or take no messages: nothing more to them until they write again
  if ARGV[6] == 'recipient_closed' and redis.call('EXISTS', box.consent) == 1 then
    redis.call('HSET', box.consent, 'unreachable', now)
  end
  redis.call('HSET', send, 'settled', token)
  outbox_finish(send, box, id, ARGV[1], now, outcome, ARGV[6], ARGV[8], ARGV[9])
  return 'SETTLED'
end
redis.call('HSET', send, 'state', outcome, 'reason', ARGV[6], 'token', '', 'settled', token .. ' ' .. outcome)
if outcome == 'in_doubt' then redis.call('HSET', send, 'doubtful', 1) end
if ARGV[11] == '0' then redis.call('HINCRBY', send, 'attempts', -1) end
outbox_note(send, now, outcome, ARGV[6])
for _, entry in ipairs((outbox_entries(box))) do
  if entry.id == id then
    entry.due = tonumber(ARGV[7])
    entry.phase = 'a'
    if outcome == 'pending' then
      outbox_unspend(send, box)
      entry.phase = redis.call('HGET', send, 'doubtful') == '1' and 't' or 'w'
    end
    outbox_put(box, entry)
  end
end
outbox_served(box, now)
outbox_touch(box)
outbox_arrange(box, ARGV[1], tonumber(now))
return 'SETTLED'
