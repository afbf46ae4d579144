-- The oldest message without a committed turn: an unfinished one first, then a new one.
-- KEYS  fence, turns
-- ARGV  fencing number, group, consumer
-- gives {'STALE'} | {'NONE', last delivered id} | {'TURN', entry id, fields}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'STALE'} end

local function read(from)
  local got = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', 1, 'STREAMS', KEYS[2], from)
  return got and got[1] and got[1][2][1]
end

local entry = read('0')
while entry and not (entry[2] and entry[2][1]) do
  -- deleted while unfinished: nothing is left to answer
  redis.call('XACK', KEYS[2], ARGV[2], entry[1])
  entry = read('0')
end
entry = entry or read('>')
-- how often it was handed out says nothing: the reader may have met an outage each time; see begin_try
if entry then return {'TURN', entry[1], entry[2]} end
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
  local about = {}
  for i = 1, #group, 2 do about[group[i]] = group[i + 1] end
  if about['name'] == ARGV[2] then return {'NONE', about['last-delivered-id']} end
end
return {'NONE', '0-0'}
