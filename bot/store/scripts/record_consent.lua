-- needs: consent
-- What a shopper granted or withdrew otherwise than by a message at the door: the ledger's row and what is in force.
-- KEYS  consent, consents
-- ARGV  purpose (answers|reminder|marketing|interactions|all), granted (1|0), now (ms), row as JSON,
--       seconds open consent lives without a message
-- gives 'CLOSED' (they said stop: only they can open) | 'RECORDED'
local field, granted = 'p:' .. ARGV[1], ARGV[2]
if redis.call('LINDEX', KEYS[2], -1) == ARGV[4] then return 'RECORDED' end -- this very call, once more
local state = redis.call('HGET', KEYS[1], 'state')
if granted == '1' and state == 'closed' then return 'CLOSED' end
if ARGV[1] == 'all' or ARGV[1] == 'answers' then
  local stops = tonumber(redis.call('HGET', KEYS[1], 'stops') or '0') + 1
  consent_note(KEYS[1], 'closed', stops, 'STOP', '', ARGV[3], ARGV[3])
  redis.call('HSET', KEYS[1], 'p:reminder', 0, 'p:marketing', 0, 'p:interactions', 0)
  redis.call('PERSIST', KEYS[1])
else
  redis.call('HSET', KEYS[1], field, granted)
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  -- what is granted before they ever wrote waits for that as long as a talk does
  if redis.call('TTL', KEYS[1]) == -1 and not state then redis.call('EXPIRE', KEYS[1], ARGV[5]) end
end
consent_keep(KEYS[2], ARGV[4])
return 'RECORDED'
