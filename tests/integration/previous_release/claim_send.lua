-- needs: finish_send
-- The head Send of a due shopper, to be sent or looked after by whoever holds the token. Consent is read here,
-- in the same instant the Send goes to `sending`, so a stop that came while it waited wins.
-- KEYS  due, sends, send, consent, handed
-- ARGV  shopper, send, token, now (ms), revisit at (ms), expires before (ms), seconds a final Send lives
-- gives {'CHANGED'} (not what was peeked at: peek again) | {'ENDED', state, reason}
--       | {'CLAIMED', look (1|0), fields}
local id, token, now = ARGV[2], ARGV[3], ARGV[4]
local function claimed(look) return {'CLAIMED', look, redis.call('HGETALL', KEYS[3])} end

local head = redis.call('LINDEX', KEYS[2], 0)
if not head then
  redis.call('ZREM', KEYS[1], ARGV[1])
  return {'CHANGED'}
end
if head ~= id then return {'CHANGED'} end
local kept = redis.call('HMGET', KEYS[3], 'state', 'token', 'stops', 'created', 'looks')
local state = kept[1]
if state and kept[2] == token then return claimed(tonumber(kept[5] or '0')) end
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) > tonumber(now) then return {'CHANGED'} end
if not state or FINAL[state] then
  redis.call('LREM', KEYS[2], 1, id)
  next_due(KEYS[2], KEYS[1], ARGV[1], now)
  return {'CHANGED'}
end

if state == 'pending' then
  local consent = redis.call('HMGET', KEYS[4], 'state', 'stops')
  local final, reason
  if not consent[1] then final, reason = 'refused', 'never_wrote'
  elseif consent[1] ~= 'open' or consent[2] ~= kept[3] then final, reason = 'refused', 'opted_out'
  elseif tonumber(kept[4]) < tonumber(ARGV[6]) then final, reason = 'expired', 'too_old' end
  if final then
    finish(KEYS[3], KEYS[2], KEYS[1], id, ARGV[1], now, final, reason, '', ARGV[7])
    return {'ENDED', final, reason}
  end
  redis.call('HSET', KEYS[3], 'state', 'sending', 'token', token, 'claimed', now, 'looks', 0)
  redis.call('HSETNX', KEYS[3], 'first_tried', now)
  redis.call('HINCRBY', KEYS[3], 'attempts', 1)
  redis.call('ZADD', KEYS[5], now, redis.call('HGET', KEYS[3], 'mark'))
  redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', tonumber(now) - tonumber(ARGV[7]) * 1000)
  redis.call('EXPIRE', KEYS[5], ARGV[7])
else
  -- `sending` whose revisit came: whoever called X never told what came of it
  if state == 'sending' then redis.call('HSET', KEYS[3], 'reason', 'sender_lost') end
  redis.call('HSET', KEYS[3], 'state', 'in_doubt', 'token', token, 'claimed', now, 'looks', 1)
end
redis.call('ZADD', KEYS[1], ARGV[5], ARGV[1])
return claimed(state == 'pending' and 0 or 1)
