-- Shared by scripts that change what a shopper allows. The hash `consent` holds what is in force:
--   state (open|closed), wish, message, sent, at: the wish in force and the message that said so
--   stops: how often they said stop; travels with messages and Sends, so what is from before a stop is known
--   wrote: when (ms) they last wrote; zone: their time zone, where told
--   p:reminder, p:marketing, p:interactions: 1 granted, 0 withdrawn, absent: never asked
--   version: raised by every change a decision looks at
-- The list `consents` is its ledger: one JSON row a change, only ever added to.
local LEDGER_SECONDS = 94608000 -- three years after the last row

local function consent_keep(consents, row)
  redis.call('RPUSH', consents, row)
  redis.call('EXPIRE', consents, LEDGER_SECONDS)
end

local function consent_note(consent, state, stops, wish, message, sent, now)
  redis.call('HSET', consent, 'state', state, 'wish', wish, 'message', message, 'sent', sent, 'at', now, 'stops', stops)
  redis.call('HINCRBY', consent, 'version', 1)
end

-- No word of ours any more, of no purpose: all that was granted is withdrawn. `via` tells who understood it so.
-- False where this wish is older than the one in force (X may deliver late and out of order; a stop wins a tie).
local function consent_close(consent, consents, wish, message, sent, now, via)
  local kept = redis.call('HMGET', consent, 'state', 'wish', 'sent', 'stops')
  local since = tonumber(kept[3] or '0')
  if kept[1] == 'open' and kept[2] == 'START' and since > tonumber(sent) then return false end
  if kept[1] ~= 'closed' or tonumber(sent) > since then
    consent_note(consent, 'closed', tonumber(kept[4] or '0') + 1, wish, message, sent, now)
    redis.call('HSET', consent, 'p:reminder', 0, 'p:marketing', 0, 'p:interactions', 0)
    consent_keep(consents, cjson.encode({ purpose = 'all', what = 'withdrawn', at = tonumber(now),
      said = tonumber(sent), source = 'x_dm', how = via, message = message }))
  end
  redis.call('PERSIST', consent)
  return true
end

-- Answers only: what was granted before a stop must be granted again.
local function consent_open(consent, consents, stops, wish, message, sent, now)
  consent_note(consent, 'open', stops, wish, message, sent, now)
  consent_keep(consents, cjson.encode({ purpose = 'answers', what = 'granted', at = tonumber(now),
    said = tonumber(sent), source = 'x_dm', how = wish == 'START' and 'words' or 'wrote', message = message }))
end

