-- Shared by scripts that forget a shopper; needs outbox and consent where they ask for it.
-- They asked for it in the talk: the talk, what was granted and what waits for them go at once; the rest is noted to be
-- deleted, with when they wrote so, when (ms) it was read, which Sends X may have or must get still (what is there goes
-- once they have ended: `answer` is this turn's), and which ended now.
local function forget_asked(forget, talk, box, consents, shopper, sent, answer)
  local time, sends, ended = redis.call('TIME'), {}, {}
  local at = string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000))
  for _, entry in ipairs((outbox_entries(box))) do
    if entry.phase == 'a' or entry.id == answer then sends[#sends + 1] = entry.id
    else
      -- what is in no queue is claimed by nobody
      redis.call('HDEL', box.queue, entry.id)
      ended[#ended + 1] = entry.id
    end
  end
  redis.call('DEL', talk, consents)
  redis.call('HDEL', box.consent, 'zone')
  for _, purpose in ipairs(PURPOSES) do
    redis.call('HDEL', box.consent, 'p:' .. purpose, 'g:' .. purpose, 'void:' .. purpose)
  end
  consent_void(box.consent, '', at)
  outbox_touch(box)
  outbox_arrange(box, shopper, tonumber(at))
  redis.call('HSET', forget, shopper, cjson.encode({ sent = tonumber(sent), at = tonumber(at), sends = sends, ended = ended }))
end

-- A stream without a shopper's entries up to a moment (ms). It is written anew even if it has none: Redis keeps the
-- bytes of a deleted entry as long as others share its node, and copies them into its files.
local function forget_in_stream(stream, shopper, till)
  if redis.call('EXISTS', stream) == 0 then return end
  local kept, groups, ttl, last = {}, {}, redis.call('PTTL', stream), nil
  local about = redis.call('XINFO', 'STREAM', stream)
  for n = 1, #about, 2 do if about[n] == 'last-generated-id' then last = about[n + 1] end end
  for _, entry in ipairs(redis.call('XRANGE', stream, '-', '+')) do
    local theirs = false
    if tonumber(string.match(entry[1], '^%d+')) <= till then
      for n = 1, #entry[2], 2 do theirs = theirs or (entry[2][n] == 'shopper' and entry[2][n + 1] == shopper) end
    end
    if not theirs then kept[#kept + 1] = entry end
  end
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    for n = 1, #group, 2 do if group[n] == 'name' then groups[#groups + 1] = group[n + 1] end end
  end
  redis.call('DEL', stream)
  for _, entry in ipairs(kept) do redis.call('XADD', stream, entry[1], unpack(entry[2])) end
  -- unfinished entries are handed out again from the first: how often they were says nothing
  for _, group in ipairs(groups) do redis.call('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM') end
  if #kept == 0 and #groups == 0 then
    -- emptied, not gone: who reads on behind the last entry must find what comes, also after a clock went back
    redis.call('XGROUP', 'CREATE', stream, 'none', '0', 'MKSTREAM')
    redis.call('XGROUP', 'DESTROY', stream, 'none')
  end
  redis.call('XSETID', stream, last)
  if ttl > 0 then redis.call('PEXPIRE', stream, ttl) end
end

