-- Shared by scripts that look at or change who answers in a talk: its fields with_person (1|0), colleague (ms: when one
-- last wrote in X's app) and paused (ms: until when). `overtaken` (ms): answers made until then go no more.
local function talk_held_by(talk)
  local kept = redis.call('HMGET', talk, 'with_person', 'colleague', 'paused')
  return (kept[1] or '0') .. ' ' .. (kept[2] or '') .. ' ' .. (kept[3] or '')
end

local function talk_set(talk, name, value)
  if value == '' then redis.call('HDEL', talk, name) else redis.call('HSET', talk, name, value) end
end

local function talk_latest(talk, name, at)
  local since = redis.call('HGET', talk, name)
  if not since or tonumber(since) < tonumber(at) then redis.call('HSET', talk, name, at) end
end

-- A colleague wrote: what X reports late does not make it earlier. Answers that wait were made without knowing of it;
-- but what a report that comes long after tells is older than answers made since.
local REPORTED_SOON_MS = 300000
local function talk_taken_over(talk, at, now, seconds)
  talk_latest(talk, 'colleague', at)
  local soon = tonumber(now) - tonumber(at) < REPORTED_SOON_MS
  talk_latest(talk, 'overtaken', soon and now or at)
  redis.call('EXPIRE', talk, seconds)
end

