-- needs: outbox, talk
-- X reports a message that left our account: ours and now settled, ours and known, or typed by a person.
-- A Send is `sending` before X is called, so an echo of ours always finds it.
-- KEYS  1 foreign, 2 sent, 3 handed, 4 sends (both of the release before), 5 send (the one told by 'PEEK'), 6 the box,
--       14 gone, 15 talk, 16 restored
-- ARGV  dm event, shopper, send ('' at first), fingerprint, now (ms; '' for Redis' own), seconds a final Send lives,
--       seconds X's ids are kept, written (ms), seconds a talk lives
-- gives {'OLD', ids} (to be taken over first) | {'PEEK', id} (call again with that Send's key) |
--        {'SETTLED'} | {'KNOWN'} | {'FOREIGN'} | {'EARLIER'} (of a life of this store that a restored backup forgot)
local GONE_GRACE_MS = 120000 -- a call to X under way while they were forgotten
local box, id, now = outbox_box(6), ARGV[3], outbox_now(ARGV[5])
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then return {'KNOWN'} end
local told = redis.call('GET', KEYS[1])
if told then return { told == 'earlier' and 'EARLIER' or 'FOREIGN' } end
local since, till = string.match(redis.call('GET', KEYS[16]) or '', '^(%d+) (%d+)$')
local earlier = since and tonumber(ARGV[8]) >= tonumber(since) and tonumber(ARGV[8]) <= tonumber(till)
local old = redis.call('LRANGE', KEYS[4], 0, -1)
if #old > 0 then return {'OLD', old} end
-- Of all that X may have: what is active before what waits for another try, then the oldest. An earlier life may have
-- sent what waits here and was never tried.
local RANK, found = { a = 1, t = 2, w = earlier and 3 or nil }, nil
for _, entry in ipairs((outbox_entries(box))) do
  local rank = entry.mark == ARGV[4] and RANK[entry.phase]
  if rank and not (found and RANK[found.phase] <= rank) then found = entry end
end
if found and found.id ~= id then return {'PEEK', found.id} end
if found then
  local state = redis.call('HGET', KEYS[5], 'state')
  if state and not FINAL[state] then
    outbox_remember_sent(KEYS[2], ARGV[1], now, ARGV[7])
    if found.phase == 'w' then outbox_spend(KEYS[5], box, ARGV[8], ARGV[7]) end
    outbox_finish(KEYS[5], box, id, ARGV[2], now, 'sent', 'echo', ARGV[1], ARGV[6])
    return {'SETTLED'}
  end
end
local ours = redis.call('ZSCORE', KEYS[3], ARGV[4])
local lately = tonumber(now) - tonumber(ARGV[6]) * 1000
for _, handed in ipairs(redis.call('ZRANGEBYSCORE', box.spent, lately, '+inf')) do
  ours = ours or cjson.decode(handed)[5] == ARGV[4]
end
-- the same words as before are said often: what was sent since the backup is not known by them
if ours and not earlier then
  outbox_remember_sent(KEYS[2], ARGV[1], now, ARGV[7])
  return {'KNOWN'}
end
-- ours, of before they were forgotten: whose it was is not known any more, and nothing is noted anew
local gone = redis.call('GET', KEYS[14])
if gone and tonumber(ARGV[8]) <= tonumber(string.match(gone, '^%d+')) + GONE_GRACE_MS then return {'KNOWN'} end
if earlier then
  -- ours or a colleague's, nobody can tell; the bot does not fall silent over its own words
  redis.call('SET', KEYS[1], 'earlier', 'EX', ARGV[7])
  return {'EARLIER'}
end
redis.call('SET', KEYS[1], now, 'EX', ARGV[7])
-- a colleague has the talk: the bot keeps silent for a while
talk_taken_over(KEYS[15], ARGV[8], now, ARGV[9])
return {'FOREIGN'}
