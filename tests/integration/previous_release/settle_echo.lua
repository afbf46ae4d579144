-- needs: finish_send
-- X reports a message that left our account: ours and now settled, ours and known, or typed by a person.
-- A Send is `sending` before X is called, so an echo of ours always finds it.
-- KEYS  foreign, sent, sends, send (the head peeked at), due, handed
-- ARGV  dm event, shopper, send ('' where none was peeked at), fingerprint, now (ms), seconds a final Send lives,
--       seconds X's ids are kept
-- gives 'CHANGED' (peek again) | 'SETTLED' | 'KNOWN' | 'FOREIGN'
local id, now = ARGV[3], ARGV[5]
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then return 'KNOWN' end
if redis.call('EXISTS', KEYS[1]) == 1 then return 'FOREIGN' end
if (redis.call('LINDEX', KEYS[3], 0) or '') ~= id then return 'CHANGED' end
if id ~= '' then
  local kept = redis.call('HMGET', KEYS[4], 'state', 'attempts', 'mark')
  -- a `pending` one that was tried before: X took it later than we looked
  if kept[1] and not FINAL[kept[1]] and tonumber(kept[2]) > 0 and kept[3] == ARGV[4] then
    remember_sent(KEYS[2], ARGV[1], now, ARGV[7])
    finish(KEYS[4], KEYS[3], KEYS[5], id, ARGV[2], now, 'sent', 'echo', ARGV[1], ARGV[6])
    return 'SETTLED'
  end
end
if redis.call('ZSCORE', KEYS[6], ARGV[4]) then
  remember_sent(KEYS[2], ARGV[1], now, ARGV[7])
  return 'KNOWN'
end
redis.call('SET', KEYS[1], now, 'EX', ARGV[7])
return 'FOREIGN'
