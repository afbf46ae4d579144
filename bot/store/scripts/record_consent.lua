-- needs: consent
-- What a shopper granted or withdrew otherwise than by a message at the door: the ledger's row and what is in force.
-- KEYS  consent, consents, hush, gone
-- ARGV  purpose (answers|reminder|marketing|interactions|all), granted (1|0), now (ms; '' for Redis' own), row as JSON,
--       seconds open consent lives without a message, when they said so (ms; '' for now)
-- gives 'CLOSED' (they said stop: only they can open) | 'OVERRULED' (they took it back, said stop or were forgotten
--       since they said so) | 'RECORDED'
local purpose, granted, now, time = ARGV[1], ARGV[2], ARGV[3], redis.call('TIME')
-- a department's clock that is ahead would outweigh the START they write meanwhile
if now == '' then now = string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000)) end
local said = ARGV[6] == '' and now or ARGV[6]
if redis.call('LINDEX', KEYS[2], -1) == ARGV[4] then return 'RECORDED' end -- this very call, once more
local state = redis.call('HGET', KEYS[1], 'state')
if granted == '1' then
  if state == 'closed' or (not state and redis.call('EXISTS', KEYS[3]) == 1) then return 'CLOSED' end
  local void, forgotten = redis.call('HMGET', KEYS[1], 'void', 'void:' .. purpose), consent_gone(KEYS[4])
  if tonumber(said) <= math.max(tonumber(void[1] or '0'), tonumber(void[2] or '0'), forgotten) then return 'OVERRULED' end
end
if purpose == 'all' or purpose == 'answers' then
  local stops = tonumber(redis.call('HGET', KEYS[1], 'stops') or '0') + 1
  consent_note(KEYS[1], 'closed', stops, 'STOP', '', now, now)
  consent_withdraw(KEYS[1], '')
  consent_void(KEYS[1], '', said)
  redis.call('PERSIST', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'p:' .. purpose, granted)
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  if granted == '1' then redis.call('HSET', KEYS[1], 'g:' .. purpose, said)
  else consent_void(KEYS[1], purpose, said) end
  -- what is granted before they ever wrote waits for that; a stop's own hash never goes
  if state ~= 'closed' and (granted == '1' or redis.call('TTL', KEYS[1]) == -1) then consent_live(KEYS[1], ARGV[5]) end
end
consent_keep(KEYS[2], ARGV[4])
return 'RECORDED'
