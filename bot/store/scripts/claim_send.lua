-- needs: outbox
-- What was judged of a Send happens, if nothing the judge looked at has changed since. Consent is read here as well,
-- in the same instant the Send goes to `sending`, so a stop that came while it waited wins.
-- KEYS  send, then the box, then the shopper's talk
-- ARGV  1 shopper, 2 send, 3 kind (look|answer|other), 4 token, 5 now (ms; '' for Redis' own), 6 revisited after (ms),
--       7 version of the facts judged, 8 verdict (go|wait|never), 9 wait until (ms), 10 state of the end
--       (refused|expired), 11 reason, 12 sentence, 13 seconds a final Send lives, 14 seconds `spent` is kept,
--       15 mark of the words
-- gives {'CHANGED'} (peek again) | {'WAITS'} | {'ENDED', state, reason} | {'CLAIMED', look (1|0), fields}
local send, box, shopper, id, kind, token = KEYS[1], outbox_box(2), ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local at = outbox_now(ARGV[5])
local now = tonumber(at)
local revisit = now + tonumber(ARGV[6])
local function claimed(look) return {'CLAIMED', look, redis.call('HGETALL', send)} end

local kept = redis.call('HMGET', send, 'state', 'token', 'stops', 'looks', 'doubtful')
local state = kept[1]
-- asked again, as the answer was lost
if state and ACTIVE[state] and kept[2] == token then return claimed(tonumber(kept[4] or '0')) end

local entry = outbox_next(outbox_entries(box), kind, now)
if not entry or entry.id ~= id then
  outbox_arrange(box, shopper, now)
  return {'CHANGED'}
end
-- the Send itself is the truth, the queue its index; they part only where another release wrote one of them
local truly = not state and '' or FINAL[state] and '' or ACTIVE[state] and 'a' or (kept[5] == '1' and 't' or 'w')
if truly == '' then redis.call('HDEL', box.queue, id)
elseif (truly == 'a') ~= (kind == 'look') then
  entry.phase = truly
  outbox_put(box, entry)
end
if truly == '' or (truly == 'a') ~= (kind == 'look') then
  outbox_touch(box)
  outbox_arrange(box, shopper, now)
  return {'CHANGED'}
end

local function moved(due, phase)
  entry.due, entry.phase = due, phase
  outbox_put(box, entry)
  outbox_touch(box)
  outbox_arrange(box, shopper, now)
end

local function waits()
  if redis.call('HGET', send, 'reason') ~= ARGV[11] then outbox_note(send, at, state, ARGV[11]) end
  redis.call('HSET', send, 'reason', ARGV[11], 'sentence', ARGV[12], 'not_before', ARGV[9])
  moved(tonumber(ARGV[9]), entry.phase)
  return {'WAITS'}
end

if kind == 'look' then
  if ARGV[8] == 'wait' then return waits() end
  -- `sending` whose revisit came: whoever called X never told what came of it
  if state == 'sending' then
    redis.call('HSET', send, 'reason', 'sender_lost')
    outbox_note(send, at, 'in_doubt', 'sender_lost')
  end
  redis.call('HSET', send, 'state', 'in_doubt', 'token', token, 'claimed', now, 'looks', 1, 'doubtful', 1)
  moved(revisit, 'a')
  return claimed(1)
end

local function ended(final, reason, sentence)
  redis.call('HSET', send, 'sentence', sentence)
  outbox_finish(send, box, id, shopper, at, final, reason, '', ARGV[13])
  return {'ENDED', final, reason}
end

local consent = redis.call('HMGET', box.consent, 'state', 'stops', 'version')
if not consent[1] then return ended('refused', 'never_wrote', 'The shopper never wrote to us.') end
if consent[1] ~= 'open' or (consent[2] or '0') ~= kept[3] then
  return ended('refused', 'opted_out', 'The shopper told us to stop after this was asked for.')
end
-- a colleague wrote since it was made: the bot does not talk over them
if entry.urgency == 0 then
  local made = redis.call('HMGET', send, 'life', 'created')
  local overtaken = redis.call('HGET', KEYS[10], 'overtaken')
  if overtaken and tonumber(string.match(made[1] or '', '^%d+') or made[2]) <= tonumber(overtaken) then
    return ended('refused', 'colleague_answered', 'A colleague wrote in the talk after this answer was made.')
  end
end
if (consent[3] or '') ~= ARGV[7] then return {'CHANGED'} end
if ARGV[8] == 'never' then return ended(ARGV[10], ARGV[11], ARGV[12]) end
if ARGV[8] == 'wait' then return waits() end
redis.call('HSET', send, 'sentence', ARGV[12], 'state', 'sending', 'reason', '', 'token', token, 'claimed', at, 'looks', 0)
redis.call('HSETNX', send, 'first_tried', at)
redis.call('HINCRBY', send, 'attempts', 1)
outbox_note(send, at, 'sending', ARGV[11])
outbox_spend(send, box, at, ARGV[14], ARGV[15])
moved(revisit, 'a')
return claimed(0)
