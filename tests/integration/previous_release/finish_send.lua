-- Shared by scripts that end a Send: its state is final, its hash starts to age, the shopper's next one is due.
local FINAL = { sent = true, refused = true, expired = true }

local function next_due(sends, due, shopper, now)
  if redis.call('LLEN', sends) > 0 then redis.call('ZADD', due, now, shopper)
  else redis.call('ZREM', due, shopper) end
end

local function finish(send, sends, due, id, shopper, now, state, reason, dm_event, seconds)
  redis.call('HSET', send, 'state', state, 'reason', reason, 'dm_event', dm_event, 'token', '')
  redis.call('EXPIRE', send, seconds)
  redis.call('LREM', sends, 1, id)
  next_due(sends, due, shopper, now)
end

local function remember_sent(sent, dm_event, now, seconds)
  redis.call('ZADD', sent, 'NX', now, dm_event)
  redis.call('ZREMRANGEBYSCORE', sent, '-inf', tonumber(now) - tonumber(seconds) * 1000)
  redis.call('EXPIRE', sent, seconds)
end

