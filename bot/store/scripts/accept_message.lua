-- needs: consent
-- A message at the door, wholly or not at all: known? what does it wish? then consent and queue together.
-- KEYS  seen, consent, turns, consents, hush, gone
-- ARGV  message, shopper, text, sent (ms), wish (NONE|STOP|START), too old (1|0), now (ms),
--       seconds a seen mark lives, seconds open consent lives without a message
-- gives DUPLICATE | STOPPED | SILENCED | TOO_OLD | STARTED | QUEUED
local message, sent, wish, now = ARGV[1], tonumber(ARGV[4]), ARGV[5], ARGV[7]
if not redis.call('SET', KEYS[1], now, 'NX', 'EX', ARGV[8]) then return 'DUPLICATE' end
-- they were forgotten since they wrote this: it comes late and brings nothing back; a stop counts all the same
local _, written = consent_gone(KEYS[6])
if wish ~= 'STOP' and sent <= written then return 'SILENCED' end

local kept = redis.call('HMGET', KEYS[2], 'state', 'wish', 'sent', 'stops', 'wrote')
local state, last_wish, since, stops = kept[1], kept[2], tonumber(kept[3] or '0'), tonumber(kept[4] or '0')
local hushed = not state and redis.call('GET', KEYS[5])
-- they had said stop and were forgotten since: nothing is known of them but that
if hushed then state, since = 'closed', tonumber(hushed) end

-- X may deliver late and out of order: the wish written last wins, and a stop wins a tie
if wish == 'STOP' then
  if hushed then
    if sent > since then redis.call('SET', KEYS[5], ARGV[4]) end
    return 'STOPPED'
  end
  return consent_close(KEYS[2], KEYS[4], wish, message, ARGV[4], now, 'words') and 'STOPPED' or 'SILENCED'
end
if state == 'closed' and (wish ~= 'START' or sent <= since) then return 'SILENCED' end
if not state or state == 'closed' or (wish == 'START' and sent > since) then
  consent_open(KEYS[2], KEYS[4], stops, wish, message, ARGV[4], now, hushed)
  redis.call('DEL', KEYS[5])
end
if sent > tonumber(kept[5] or '0') then redis.call('HSET', KEYS[2], 'wrote', ARGV[4]) end
consent_live(KEYS[2], ARGV[9])
if ARGV[6] == '1' then return 'TOO_OLD' end

-- `stops` travels with the message: what answers it is refused once a later stop has raised the number
redis.call('XADD', KEYS[3], '*', 'message', message, 'shopper', ARGV[2], 'text', ARGV[3], 'sent', ARGV[4],
  'stops', stops)
return wish == 'START' and 'STARTED' or 'QUEUED'
