-- Shared by scripts that look at or change who answers in a talk: its fields with_person (1|0), colleague (ms: when one
-- last wrote in X's app) and paused (ms: until when).
local function talk_held_by(talk)
  local kept = redis.call('HMGET', talk, 'with_person', 'colleague', 'paused')
  return (kept[1] or '0') .. ' ' .. (kept[2] or '') .. ' ' .. (kept[3] or '')
end

local function talk_set(talk, name, value)
  if value == '' then redis.call('HDEL', talk, name) else redis.call('HSET', talk, name, value) end
end

-- a colleague wrote: what X reports late does not make it earlier
local function talk_taken_over(talk, at, seconds)
  local since = redis.call('HGET', talk, 'colleague')
  if not since or tonumber(since) < tonumber(at) then redis.call('HSET', talk, 'colleague', at) end
  redis.call('EXPIRE', talk, seconds)
end

