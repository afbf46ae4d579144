-- needs: outbox, consent, talk, forget
-- The end of a turn, all or nothing: talk, Send, records, done marks, and its messages leave the queue.
-- A buried turn ends the same way, and the message is kept in `dead`.
-- KEYS  1 fence, 2 turns, 3 talk, 4 dead, 5 interactions, 6 consents, 7 send, 8 the box (outbox.lua),
--       16 forget, then of each message: done, record, tries
-- ARGV  1 fencing number, 2 group of the release before, 3 now (ms; '' for Redis' own), 4 shopper,
--       5 who held the talk when it was read,
--       6 seconds a done mark lives, 7 a talk, 8 a record, 9 a dead message,
--       10 talk kept (1|0), 11 tracker, 12 with a person (1|0), 13 colleague, 14 paused, 15 answered, 16 model,
--       17 form of the talk, 18 send id ('' for none), 19 text, 20 fingerprint of the text,
--       21 reason of burial ('' for none), 22 interactions as JSON ('' for none), 23 how many turns' may wait,
--       24 how a wish to stop was understood ('' for none), 25 they ask to be forgotten (1|0),
--       26 what a picture of the answer would show, as JSON ('' for none),
--       27 from where to tell what waits ('-' or '(' and an entry id), 28 how many (0: none),
--       then of each message: entry, id, record; the last one is the one answered
-- gives {'STALE'} | {'CHANGED'} (somebody took the talk over, or some were done before and left the queue; read again) |
--       {'DONE', ...} (all were done before; only taken off the queue) | {'COMMITTED', now (ms), what waits}
local PER, FIRST_KEY, FIRST_ARG = 3, 17, 29
local box, now, count = outbox_box(8), outbox_now(ARGV[3]), (#ARGV - FIRST_ARG + 1) / PER
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'STALE'} end

local function leave(entry, tries)
  redis.call('XACK', KEYS[2], ARGV[2], entry)
  redis.call('XDEL', KEYS[2], entry)
  redis.call('DEL', tries)
end

local function ended(how)
  local time, more = redis.call('TIME'), {}
  if ARGV[28] ~= '0' then more = redis.call('XRANGE', KEYS[2], ARGV[27], '+', 'COUNT', ARGV[28]) end
  return { how, time[1] * 1000 + math.floor(time[2] / 1000), more }
end

local fresh, entries = 0, {}
for i = 0, count - 1 do
  local id = ARGV[FIRST_ARG + i * PER]
  entries[i] = redis.call('XRANGE', KEYS[2], id, id)[1]
  if entries[i] and redis.call('EXISTS', KEYS[FIRST_KEY + i * PER]) == 0 then fresh = fresh + 1
  else leave(id, KEYS[FIRST_KEY + i * PER + 2]) end
end
if fresh == 0 then return ended('DONE') end
if fresh < count or talk_held_by(KEYS[3]) ~= ARGV[5] then return {'CHANGED'} end

local last, fields = entries[count - 1][2], {}
for i = 1, #last, 2 do fields[last[i]] = last[i + 1] end

if ARGV[10] == '1' then
  talk_set(KEYS[3], 'tracker', ARGV[11])
  redis.call('HSET', KEYS[3], 'with_person', ARGV[12], 'v', ARGV[17])
  talk_set(KEYS[3], 'colleague', ARGV[13])
  talk_set(KEYS[3], 'paused', ARGV[14])
  talk_set(KEYS[3], 'answered', ARGV[15])
  talk_set(KEYS[3], 'model', ARGV[16])
end
redis.call('EXPIRE', KEYS[3], ARGV[7])
if ARGV[24] ~= '' then
  consent_close(box.consent, KEYS[6], 'STOP', fields['message'], fields['sent'], now, ARGV[24])
end
if ARGV[18] ~= '' then
  outbox_add(KEYS[7], box, { id = ARGV[18], shopper = ARGV[4], text = ARGV[19], in_reply_to = fields['message'],
    mark = ARGV[20], stops = fields['stops'] or '0', pictures = ARGV[26] }, now)
end
if ARGV[21] ~= '' then
  last[#last + 1], last[#last + 2] = 'reason', ARGV[21]
  -- exactly: an almost would keep what a shopper wrote beyond its time
  redis.call('XADD', KEYS[4], 'MINID', '=', math.max(0, tonumber(now) - tonumber(ARGV[9]) * 1000), '*', unpack(last))
  redis.call('EXPIRE', KEYS[4], ARGV[9])
end
if ARGV[25] == '1' then
  forget_asked(KEYS[16], KEYS[3], box, KEYS[6], ARGV[4], fields['sent'], ARGV[18])
end
if ARGV[22] ~= '' and redis.call('HGET', box.consent, 'p:interactions') ~= '0' then
  redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[23], '*',
    'message', fields['message'], 'shopper', ARGV[4], 'at', now, 'rows', ARGV[22])
end
for i = 0, count - 1 do
  redis.call('SET', KEYS[FIRST_KEY + i * PER], ARGV[21] == '' and 'answered' or 'buried', 'EX', ARGV[6])
  redis.call('SET', KEYS[FIRST_KEY + i * PER + 1], ARGV[FIRST_ARG + i * PER + 2], 'EX', ARGV[8])
  leave(ARGV[FIRST_ARG + i * PER], KEYS[FIRST_KEY + i * PER + 2])
end
return ended('COMMITTED')
