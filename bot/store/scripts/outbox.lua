-- Shared by every script that touches a shopper's outgoing queue.
-- queue:<shopper> is a hash: by Send id '<urgency> <order> <due ms> <phase> <mark>', and '@': when the shopper was
-- last served. Phases: w never at X, t X may have an earlier try and it waits, a active (sending or in doubt).
-- An entry nobody understands (of a later release) stays where it is and moves nothing.
local FINAL = { sent = true, refused = true, expired = true }
local ACTIVE = { sending = true, in_doubt = true }
local URGENCY = { answer = 0, service = 1, reminder = 2, marketing = 3 }
local MOST_PRUNED, LONGEST_LIFE = 8, 4000

-- the keys of one shopper's outbox, in the order of bot.store.outbound.box
local function outbox_box(at)
  return { queue = KEYS[at], looks = KEYS[at + 1], answers = KEYS[at + 2], others = KEYS[at + 3],
    all = KEYS[at + 4], ended = KEYS[at + 5], consent = KEYS[at + 6], spent = KEYS[at + 7] }
end

-- the moment (ms, as text): Redis' own, unless one is told (by tests; the release before tells its own). Clocks of
-- workers, intakes and senders may be minutes apart: the one ahead would hold up what others deal with.
local function outbox_now(told)
  if told ~= '' then return told end
  local time = redis.call('TIME')
  return string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000))
end

-- whoever judged by what was so before must judge again; who never wrote has no consent, and gets nothing anyway
local function outbox_touch(box)
  if redis.call('EXISTS', box.consent) == 1 then redis.call('HINCRBY', box.consent, 'version', 1) end
end

-- a line of the Send's life: when (ms), state, reason; the beginning and the latest are kept
local function outbox_note(send, now, state, reason)
  local life = (redis.call('HGET', send, 'life') or '') .. now .. ' ' .. state .. ' ' .. reason .. '\n'
  if #life > LONGEST_LIFE then
    local first = string.match(life, '^[^\n]*\n')
    local rest = string.sub(life, #life - LONGEST_LIFE / 2)
    life = first .. string.sub(rest, string.find(rest, '\n', 1, true) + 1)
  end
  redis.call('HSET', send, 'life', life)
end

-- all entries, the most urgent and oldest first; and when the shopper was last served
local function outbox_entries(box)
  local flat, entries, served = redis.call('HGETALL', box.queue), {}, 0
  for i = 1, #flat, 2 do
    if flat[i] == '@' then served = tonumber(flat[i + 1])
    else
      local urgency, order, due, phase, mark = string.match(flat[i + 1], '^(%d+) (%d+) (%d+) ([wta]) (%S*)$')
      if urgency then
        entries[#entries + 1] = { id = flat[i], urgency = tonumber(urgency), order = tonumber(order),
          due = tonumber(due), phase = phase, mark = mark }
      end
    end
  end
  table.sort(entries, function(a, b)
    if a.urgency ~= b.urgency then return a.urgency < b.urgency end
    if a.order ~= b.order then return a.order < b.order end
    return a.id < b.id
  end)
  return entries, served
end

local function outbox_put(box, entry)
  redis.call('HSET', box.queue, entry.id, string.format('%d %d %d %s %s', entry.urgency, entry.order, entry.due,
    entry.phase, entry.mark))
end

-- what is active, and the answer whose turn it is
local function outbox_state(entries)
  local state = { active = {}, others = {} }
  for _, entry in ipairs(entries) do
    if entry.phase == 'a' then
      state.active[#state.active + 1] = entry
      if entry.urgency == 0 then state.answering = true end
    elseif entry.urgency > 0 then state.others[#state.others + 1] = entry
    elseif not state.head then state.head = entry end
  end
  -- answers go one after the other. They pass another department's message in doubt, but not one with the same
  -- words: an echo could then not tell which of the two X has
  if state.answering then state.head = nil end
  for _, entry in ipairs(state.active) do
    if state.head and state.head.mark == entry.mark then state.head = nil end
  end
  return state
end

-- the Send whose turn it is: kind look (active, its revisit has come), answer, or other
local function outbox_next(entries, kind, now)
  local state, first = outbox_state(entries), nil
  if kind == 'look' then
    for _, entry in ipairs(state.active) do
      if entry.due <= now and not (first and first.due <= entry.due) then first = entry end
    end
    return first
  end
  local head = state.head and state.head.due <= now and state.head or nil
  if kind == 'answer' then return head end
  if head or #state.active > 0 then return nil end
  for _, entry in ipairs(state.others) do
    if entry.due <= now then return entry end
  end
end

local function outbox_when(set, shopper, due)
  if due then redis.call('ZADD', set, string.format('%d', due), shopper)
  else redis.call('ZREM', set, shopper) end
end

-- put the shopper where senders look for what is due
local function outbox_arrange(box, shopper, now)
  local entries, served = outbox_entries(box)
  if #entries == 0 and redis.call('HLEN', box.queue) <= 1 then redis.call('HDEL', box.queue, '@') end
  local state, look, other = outbox_state(entries), nil, nil
  for _, entry in ipairs(state.active) do look = math.min(look or entry.due, entry.due) end
  local head = state.head
  if #state.active == 0 and not (head and head.due <= now) then
    for _, entry in ipairs(state.others) do other = math.min(other or entry.due, entry.due) end
  end
  outbox_when(box.looks, shopper, look)
  -- who was served goes behind who waits
  outbox_when(box.answers, shopper, head and math.max(head.due, served))
  outbox_when(box.others, shopper, other and math.max(other, served))
end

local function outbox_served(box, now) redis.call('HSET', box.queue, '@', now) end

-- a word about a long wait (add_word.lua) is no answer: who got it keeps their place
local function outbox_is_word(id) return string.sub(id, 1, 5) == 'word-' end

-- the list of all Sends forgets those whose own records are gone
local function outbox_prune(box, now)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', box.ended, '-inf', now, 'LIMIT', 0, MOST_PRUNED)) do
    redis.call('ZREM', box.ended, member)
    redis.call('ZREM', box.all, member)
  end
end

-- A new Send, pending; nothing where there is one with this id. `fields`: id, shopper, text, in_reply_to, mark; optional
-- stops, purpose, department, campaign, approved_by, not_before, expires (ms). It is made now, whatever the clock of who
-- asks for it says: its age decides whether it still goes.
local function outbox_add(send, box, fields, now)
  if redis.call('EXISTS', send) == 1 then return false end
  now = tonumber(now)
  local created = string.format('%d', now)
  local purpose = fields.purpose or 'answer'
  local not_before = fields.not_before or ''
  local stops = fields.stops
  if not stops then
    local consent = redis.call('HMGET', box.consent, 'state', 'stops')
    -- asked for while they want nothing: a later start does not bring it back
    stops = consent[1] == 'closed' and 'closed' or consent[2] or '0'
  end
  redis.call('HSET', send, 'id', fields.id, 'shopper', fields.shopper, 'text', fields.text,
    'in_reply_to', fields.in_reply_to or '', 'created', created, 'mark', fields.mark, 'stops', stops,
    'purpose', purpose, 'department', fields.department or 'giftbot', 'campaign', fields.campaign or '',
    'approved_by', fields.approved_by or '', 'wanted', not_before, 'not_before', not_before,
    'expires', fields.expires or '', 'state', 'pending', 'attempts', 0, 'reason', '', 'sentence', '',
    'dm_event', '', 'token', '', 'settled', '')
  if (fields.pictures or '') ~= '' then redis.call('HSET', send, 'pictures', fields.pictures) end
  outbox_note(send, created, 'pending', 'new')
  local order = now
  for _, entry in ipairs((outbox_entries(box))) do order = math.max(order, entry.order + 1) end
  outbox_put(box, { id = fields.id, urgency = URGENCY[purpose], order = order, phase = 'w', mark = fields.mark,
    due = math.max(now, tonumber(not_before) or 0) })
  redis.call('ZADD', box.all, created, fields.id .. ' ' .. fields.shopper)
  outbox_prune(box, now)
  outbox_touch(box)
  outbox_arrange(box, fields.shopper, now)
  return true
end

-- How what was handed to X stands in `spent`: the same text for the same Send, from its claim on. `mark` tells echoes,
-- `words` repeated words; of what was claimed before there was such a mark the text has none.
local function outbox_handed(send)
  local kept = redis.call('HMGET', send, 'id', 'purpose', 'department', 'campaign', 'mark', 'words')
  return cjson.encode({ kept[1], kept[2] or 'answer', kept[3] or 'giftbot', kept[4] or '', kept[5], kept[6] or nil })
end

-- `words` is told by a claim alone
local function outbox_spend(send, box, now, seconds, words)
  if words and redis.call('HEXISTS', send, 'words') == 0 then
    redis.call('ZREM', box.spent, outbox_handed(send)) -- an earlier try that stands there without
    redis.call('HSET', send, 'words', words)
  end
  redis.call('ZADD', box.spent, now, outbox_handed(send))
  redis.call('ZREMRANGEBYSCORE', box.spent, '-inf', tonumber(now) - tonumber(seconds) * 1000)
  redis.call('EXPIRE', box.spent, seconds)
end

-- X certainly has it not: unless an earlier try is in doubt, it was never handed over
local function outbox_unspend(send, box)
  if redis.call('HGET', send, 'doubtful') ~= '1' then redis.call('ZREM', box.spent, outbox_handed(send)) end
end

-- A Send's end: its hash starts to age, and the shopper's next one may go.
local function outbox_finish(send, box, id, shopper, now, state, reason, dm_event, seconds)
  if state ~= 'sent' then outbox_unspend(send, box) end
  redis.call('HSET', send, 'state', state, 'reason', reason, 'dm_event', dm_event, 'token', '')
  outbox_note(send, now, state, reason)
  redis.call('EXPIRE', send, seconds)
  redis.call('HDEL', box.queue, id)
  if not outbox_is_word(id) then outbox_served(box, now) end
  redis.call('ZADD', box.ended, tonumber(now) + tonumber(seconds) * 1000, id .. ' ' .. shopper)
  outbox_prune(box, now)
  outbox_touch(box)
  outbox_arrange(box, shopper, tonumber(now))
end

local function outbox_remember_sent(sent, dm_event, now, seconds)
  redis.call('ZADD', sent, 'NX', now, dm_event)
  redis.call('ZREMRANGEBYSCORE', sent, '-inf', tonumber(now) - tonumber(seconds) * 1000)
  redis.call('EXPIRE', sent, seconds)
end

