-- Intake is up, and this is what X sent it last. Where nobody said so for too long, or Redis itself was away and may
-- have lost its tail, what X delivered meanwhile may be missing: a gap is opened in the same instant.
-- KEYS  signs, gaps
-- ARGV  now (ms), latest event (ms), latest CRC (ms), silence (ms) that makes a gap, most gaps kept, a tail (ms)
-- gives the reason of the gap opened, or ''
redis.replicate_commands() -- Redis 6 would else not write after INFO
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
local now, reason, since = tonumber(ARGV[1]), '', 0
local kept = redis.call('HMGET', KEYS[1], 'up', 'run', 'event', 'crc')
local up = tonumber(kept[1] or '0')
if up > 0 and now - up > tonumber(ARGV[4]) then
  reason, since = 'intake_down', up
elseif up > 0 and kept[2] and kept[2] ~= run then
  reason, since = 'redis_restarted', up - tonumber(ARGV[6])
end
if reason ~= '' and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[5]) then
  -- there are many: the newest one grows, so that no stretch is forgotten
  local gaps, newest, till = redis.call('HGETALL', KEYS[2]), nil, -1
  for i = 1, #gaps, 2 do
    local gap = cjson.decode(gaps[i + 1])
    if tonumber(gap.till) > till then newest, till = { gaps[i], gap }, tonumber(gap.till) end
  end
  newest[2].till = string.format('%d', math.max(till, now))
  newest[2].since = string.format('%d', math.min(tonumber(newest[2].since), since))
  redis.call('HSET', KEYS[2], newest[1], cjson.encode(newest[2]))
elseif reason ~= '' then
  redis.call('HSETNX', KEYS[2], string.format('%d-%d', since, now), cjson.encode({
    since = string.format('%d', since), till = string.format('%d', now), reason = reason }))
end
local function latest(old, new) return string.format('%d', math.max(tonumber(old or '0'), tonumber(new))) end
redis.call('HSET', KEYS[1], 'up', latest(kept[1], now), 'run', run, 'event', latest(kept[3], ARGV[2]),
  'crc', latest(kept[4], ARGV[3]))
return reason
