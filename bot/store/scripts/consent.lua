-- Shared by scripts that change what a shopper allows. The hash `consent` holds what is in force:
--   state (open|closed), wish, message, sent, at: the wish in force and the message that said so
--   stops: how often they said stop; travels with messages and Sends, so what is from before a stop is known
--   wrote: when (ms) they last wrote; zone: their time zone, where told
--   p:reminder, p:marketing, p:interactions: 1 granted, 0 withdrawn, absent: never asked
--   g:<purpose>: when (ms) they said so, where it is granted
--   void, void:<purpose>: words said until then (ms) grant nothing any more, of no purpose or of this one
--   version: raised by every change a decision looks at
-- The list `consents` is its ledger: one JSON row a change, only ever added to, and folded (consent_fold).
local LEDGER_SECONDS = 94608000 -- three years after the last row
local GRANT_SECONDS = 34560000 -- 400 days: a reminder may be asked for a year ahead
local PURPOSES = { 'reminder', 'marketing', 'interactions' }

-- Who says STOP and START in turn all day fills no memory. Beyond the latest rows, of what was read in messages the first
-- row stays, and the latest grant and withdrawal of each purpose; those between are folded into the row after them, which
-- says how many there were and from when to when (ms). What was granted or withdrawn otherwise is never folded.
local LATEST_ROWS, FOLD_EVERY = 200, 100
local function consent_fold(consents)
  local count = redis.call('LLEN', consents)
  if count < LATEST_ROWS + FOLD_EVERY or count % FOLD_EVERY ~= 0 then return end
  local rows, stays = redis.call('LRANGE', consents, 0, count - LATEST_ROWS - 1), {}
  local read, latest = {}, {}
  for n, row in ipairs(rows) do
    read[n] = cjson.decode(row)
    local how = read[n].how
    local spoken = read[n].source == 'x_dm' and (how == 'words' or how == 'understood' or how == 'wrote')
    if n == 1 or not spoken then stays[n] = true else latest[tostring(read[n].purpose) .. ' ' .. tostring(read[n].what)] = n end
  end
  for _, n in pairs(latest) do stays[n] = true end
  redis.call('LTRIM', consents, -LATEST_ROWS, -1)
  local kept, folded = {}, nil
  local function fold(count, from, till)
    folded = folded or { rows = 0, from = from, till = till }
    folded = { rows = folded.rows + count, from = math.min(folded.from, from), till = math.max(folded.till, till) }
  end
  for n, row in ipairs(rows) do
    local before = read[n].folded
    if before and (folded or not stays[n]) then fold(before.rows, before.from, before.till) end
    if not stays[n] then fold(1, read[n].at, read[n].at)
    elseif folded then
      read[n].folded, folded = folded, nil
      kept[#kept + 1] = cjson.encode(read[n])
    else kept[#kept + 1] = row end
  end
  -- the latest of each kind stays, so what is folded is always before a row that stays
  for n = #kept, 1, -1 do redis.call('LPUSH', consents, kept[n]) end
end

local function consent_keep(consents, row)
  redis.call('RPUSH', consents, row)
  consent_fold(consents)
  redis.call('EXPIRE', consents, LEDGER_SECONDS)
end

local function consent_note(consent, state, stops, wish, message, sent, now)
  redis.call('HSET', consent, 'state', state, 'wish', wish, 'message', message, 'sent', sent, 'at', now, 'stops', stops)
  redis.call('HINCRBY', consent, 'version', 1)
end

-- a grant said until then is void, whenever it arrives; of one purpose, or ('') of all
local function consent_void(consent, purpose, said)
  local field = purpose == '' and 'void' or 'void:' .. purpose
  if tonumber(said) > tonumber(redis.call('HGET', consent, field) or '0') then redis.call('HSET', consent, field, said) end
end

-- what was granted by words said until then is withdrawn ('' for whenever they were said); whether anything was
local function consent_withdraw(consent, said)
  local any = false
  for _, purpose in ipairs(PURPOSES) do
    local kept = redis.call('HMGET', consent, 'p:' .. purpose, 'g:' .. purpose)
    if said == '' or (kept[1] == '1' and tonumber(kept[2] or '0') <= tonumber(said)) then
      redis.call('HSET', consent, 'p:' .. purpose, 0)
      any = true
    end
  end
  return any
end

-- open consent lives on from now: as long as a talk, or as long as what they granted may be needed
local function consent_live(consent, seconds)
  for _, purpose in ipairs(PURPOSES) do
    if redis.call('HGET', consent, 'p:' .. purpose) == '1' then seconds = GRANT_SECONDS end
  end
  redis.call('EXPIRE', consent, seconds)
end

-- No word of ours any more, of no purpose: all that was granted is withdrawn. `via` tells who understood it so.
-- False where this wish is older than the one in force (X may deliver late and out of order; a stop wins a tie):
-- answers stay open then, but what had been granted before it is withdrawn as if it had come in time.
local function consent_close(consent, consents, wish, message, sent, now, via)
  local kept = redis.call('HMGET', consent, 'state', 'wish', 'sent', 'stops')
  local since = tonumber(kept[3] or '0')
  local row = cjson.encode({ purpose = 'all', what = 'withdrawn', at = tonumber(now),
    said = tonumber(sent), source = 'x_dm', how = via, message = message })
  consent_void(consent, '', sent)
  if kept[1] == 'open' and kept[2] == 'START' and since > tonumber(sent) then
    if consent_withdraw(consent, sent) then
      redis.call('HINCRBY', consent, 'version', 1)
      consent_keep(consents, row)
    end
    return false
  end
  if kept[1] ~= 'closed' or tonumber(sent) > since then
    consent_note(consent, 'closed', tonumber(kept[4] or '0') + 1, wish, message, sent, now)
    consent_withdraw(consent, '')
    consent_keep(consents, row)
  end
  redis.call('PERSIST', consent)
  return true
end

-- Answers only: what was granted before a stop must be granted again. `hushed`: when (ms) they said the stop that
-- outlived their being forgotten, or nothing.
local function consent_open(consent, consents, stops, wish, message, sent, now, hushed)
  consent_note(consent, 'open', stops, wish, message, sent, now)
  if hushed then
    consent_withdraw(consent, '')
    consent_void(consent, '', hushed)
  end
  consent_keep(consents, cjson.encode({ purpose = 'answers', what = 'granted', at = tonumber(now),
    said = tonumber(sent), source = 'x_dm', how = wish == 'START' and 'words' or 'wrote', message = message }))
end

-- From `gone`: all that was said until then (ms) went when they were forgotten, and what they had written until then.
local function consent_gone(gone)
  local kept = redis.call('GET', gone)
  if not kept then return 0, 0 end
  return tonumber(string.match(kept, '^%d+')), tonumber(string.match(kept, '%d+$'))
end

