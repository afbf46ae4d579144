-- needs: consent
-- A withdrawal of before a backup was restored holds again. It closes, and opens nothing; twice changes nothing.
-- KEYS  consent, consents, hush, gone
-- ARGV  purpose (answers|reminder|marketing|interactions|all), since when (ms) it held, its row as JSON, now (ms),
--       seconds open consent lives without a message, whether their id is known (1|0; then only hush and gone are theirs)
-- gives 'CLOSED' | 'KNOWN' (it holds already, or they said otherwise later)
local purpose, said = ARGV[1], tonumber(ARGV[2])
local whole = purpose == 'all' or purpose == 'answers'

-- nothing is known of them here: they came after the backup was made, or were forgotten. A stop is kept as of who was
-- forgotten, so that nobody is brought back who had to go
if ARGV[6] == '0' or redis.call('EXISTS', KEYS[1]) == 0 then
  local hushed = tonumber(redis.call('GET', KEYS[3]) or '-1')
  if whole then
    if hushed >= said then return 'KNOWN' end
    redis.call('SET', KEYS[3], ARGV[2])
    return 'CLOSED'
  end
  local forgotten = consent_gone(KEYS[4])
  if hushed >= 0 or said <= forgotten then return 'KNOWN' end
  redis.call('HSET', KEYS[1], 'p:' .. purpose, 0)
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  consent_void(KEYS[1], purpose, ARGV[2])
  consent_live(KEYS[1], ARGV[5])
  consent_keep(KEYS[2], ARGV[3])
  return 'CLOSED'
end

local function closed()
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  consent_keep(KEYS[2], ARGV[3])
  return 'CLOSED'
end

if whole then
  local kept = redis.call('HMGET', KEYS[1], 'state', 'wish', 'sent', 'stops')
  local since = tonumber(kept[3] or '0')
  consent_void(KEYS[1], '', ARGV[2])
  if kept[1] == 'closed' and since >= said then return 'KNOWN' end
  -- they wrote START after it: answers stay open, but nothing granted before it does
  if kept[1] == 'open' and kept[2] == 'START' and since > said then
    return consent_withdraw(KEYS[1], ARGV[2]) and closed() or 'KNOWN'
  end
  consent_note(KEYS[1], 'closed', tonumber(kept[4] or '0') + 1, 'STOP', '', ARGV[2], ARGV[4])
  consent_withdraw(KEYS[1], '')
  redis.call('PERSIST', KEYS[1])
  return closed()
end

local kept = redis.call('HMGET', KEYS[1], 'p:' .. purpose, 'g:' .. purpose)
-- granted again by words said after it
if kept[1] == '1' and tonumber(kept[2] or '0') > said then return 'KNOWN' end
consent_void(KEYS[1], purpose, ARGV[2])
if kept[1] == '0' then return 'KNOWN' end
redis.call('HSET', KEYS[1], 'p:' .. purpose, 0)
return closed()
