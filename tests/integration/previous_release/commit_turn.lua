-- The end of a turn, all or nothing: talk, Send, record, done mark, and the message leaves the queue.
-- A buried turn ends the same way, and the message is kept in `dead`.
-- KEYS  fence, turns, done, talk, record, send, sends, due, dead, tries, interactions
-- ARGV  1 fencing number, 2 group, 3 entry, 4 message, 5 shopper, 6 now (ms),
--       7 seconds a done mark lives, 8 seconds a talk lives, 9 seconds a record lives,
--       10 talk kept (1|0), 11 tracker, 12 with a person (1|0), 13 record,
--       14 send id ('' for none), 15 text, 16 created (ms), 17 fingerprint of the text,
--       18 reason of burial ('' for none), 19 seconds a dead message lives,
--       20 interactions as JSON ('' for none), 21 how many turns' interactions may wait
-- gives 'STALE' (nothing changed) | 'DONE' (was done before; only taken off the queue) | 'COMMITTED'
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'STALE' end
local entry = redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3])[1]
local function leave()
  redis.call('XACK', KEYS[2], ARGV[2], ARGV[3])
  redis.call('XDEL', KEYS[2], ARGV[3])
  redis.call('DEL', KEYS[10])
end
if redis.call('EXISTS', KEYS[3]) == 1 or not entry then
  leave()
  return 'DONE'
end
local fields = {}
for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end

redis.call('SET', KEYS[3], ARGV[18] == '' and 'answered' or 'buried', 'EX', ARGV[7])
if ARGV[10] == '1' then
  if ARGV[11] == '' then redis.call('HDEL', KEYS[4], 'tracker')
  else redis.call('HSET', KEYS[4], 'tracker', ARGV[11]) end
  redis.call('HSET', KEYS[4], 'with_person', ARGV[12])
end
redis.call('EXPIRE', KEYS[4], ARGV[8])
redis.call('SET', KEYS[5], ARGV[13], 'EX', ARGV[9])
if ARGV[14] ~= '' and redis.call('EXISTS', KEYS[6]) == 0 then
  redis.call('HSET', KEYS[6], 'id', ARGV[14], 'shopper', ARGV[5], 'text', ARGV[15], 'in_reply_to', ARGV[4],
    'created', ARGV[16], 'mark', ARGV[17], 'stops', fields['stops'] or '0', 'state', 'pending', 'attempts', 0,
    'reason', '', 'dm_event', '', 'token', '', 'settled', '')
  redis.call('RPUSH', KEYS[7], ARGV[14])
  -- NX: an older Send of this shopper keeps its own time
  redis.call('ZADD', KEYS[8], 'NX', ARGV[6], ARGV[5])
end
if ARGV[18] ~= '' then
  -- exactly: an almost would keep what a shopper wrote beyond its time
  redis.call('XADD', KEYS[9], 'MINID', '=', math.max(0, tonumber(ARGV[6]) - tonumber(ARGV[19]) * 1000), '*',
    'message', ARGV[4], 'shopper', ARGV[5], 'text', fields['text'], 'sent', fields['sent'], 'reason', ARGV[18])
  redis.call('EXPIRE', KEYS[9], ARGV[19])
end
if ARGV[20] ~= '' then
  redis.call('XADD', KEYS[11], 'MAXLEN', '~', ARGV[21], '*',
    'message', ARGV[4], 'shopper', ARGV[5], 'at', ARGV[6], 'rows', ARGV[20])
end
leave()
return 'COMMITTED'
