-- A message at the door, wholly or not at all: known? what does it wish? then consent and queue together.
-- KEYS  seen, consent, turns
-- ARGV  message, shopper, text, sent (ms), wish (NONE|STOP|START), too old (1|0), now (ms),
--       seconds a seen mark lives, seconds open consent lives without a message
-- gives DUPLICATE | STOPPED | SILENCED | TOO_OLD | STARTED | QUEUED
local message, sent, wish = ARGV[1], tonumber(ARGV[4]), ARGV[5]
if not redis.call('SET', KEYS[1], ARGV[7], 'NX', 'EX', ARGV[8]) then return 'DUPLICATE' end

local kept = redis.call('HMGET', KEYS[2], 'state', 'wish', 'sent', 'stops')
local state, last_wish, since, stops = kept[1], kept[2], tonumber(kept[3] or '0'), tonumber(kept[4] or '0')

local function note(new_state)
  redis.call('HSET', KEYS[2], 'state', new_state, 'wish', wish, 'message', message,
    'sent', ARGV[4], 'at', ARGV[7], 'stops', stops)
end

-- X may deliver late and out of order: the wish written last wins, and a stop wins a tie
if wish == 'STOP' then
  if state == 'open' and last_wish == 'START' and since > sent then return 'SILENCED' end
  if state ~= 'closed' or sent > since then
    stops = stops + 1
    note('closed')
  end
  redis.call('PERSIST', KEYS[2])
  return 'STOPPED'
end
if state == 'closed' then
  if wish ~= 'START' or sent <= since then return 'SILENCED' end
  note('open')
elseif not state or (wish == 'START' and sent > since) then
  note('open')
end
redis.call('EXPIRE', KEYS[2], ARGV[9])
if ARGV[6] == '1' then return 'TOO_OLD' end

-- `stops` travels with the message: what answers it is refused once a later stop has raised the number
redis.call('XADD', KEYS[3], '*', 'message', message, 'shopper', ARGV[2], 'text', ARGV[3], 'sent', ARGV[4],
  'stops', stops)
return wish == 'START' and 'STARTED' or 'QUEUED'
