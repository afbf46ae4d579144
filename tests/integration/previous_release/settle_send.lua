-- needs: finish_send
-- What came of a claim. Only the latest claim may decide; but that X took the message is a fact whoever tells it.
-- KEYS  send, sends, due, sent
-- ARGV  shopper, send, token, now (ms), outcome (sent|refused|pending|in_doubt), reason, due at (ms), dm event,
--       seconds a final Send lives, seconds X's ids are kept, whether the try counts (1|0)
-- gives 'SETTLED' | 'SAME' (was settled so before) | 'STALE' (nothing changed)
local token, now, outcome = ARGV[3], ARGV[4], ARGV[5]
local kept = redis.call('HMGET', KEYS[1], 'state', 'token', 'settled', 'dm_event')
local state = kept[1]
if outcome == 'sent' then remember_sent(KEYS[4], ARGV[8], now, ARGV[10]) end
if not state then return 'STALE' end
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
  redis.call('HSET', KEYS[1], 'settled', token)
  finish(KEYS[1], KEYS[2], KEYS[3], ARGV[2], ARGV[1], now, outcome, ARGV[6], ARGV[8], ARGV[9])
else
  redis.call('HSET', KEYS[1], 'state', outcome, 'reason', ARGV[6], 'token', '', 'settled', token .. ' ' .. outcome)
  if ARGV[11] == '0' then redis.call('HINCRBY', KEYS[1], 'attempts', -1) end
  redis.call('ZADD', KEYS[3], ARGV[7], ARGV[1])
end
return 'SETTLED'
