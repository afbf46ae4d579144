-- Intake is up, and this is what X sent it last; or a stretch of time is doubted by whoever noticed. Where nobody said
-- that intake is up for too long, or Redis itself was away and may have lost its tail, or X delivered nothing for too
-- long, what X delivered meanwhile may be missing. Each such stretch becomes a gap in the same instant.
-- KEYS  signs, gaps
-- ARGV  now (ms), 1 where Redis' own clock counts (all moments told are then moved by what the caller's clock is off),
--       latest fresh delivery (ms), latest CRC (ms), silence (ms) of intake that makes a gap, silence (ms) of X that
--       does (0: none), most gaps kept, a tail (ms), stretches doubted as JSON [[since, till, reason, how], ...],
--       1 where intake tells of itself
--       how: '' fetched by replay; 'too': read back after that; 'only': read back alone, as X tried no delivery
-- gives the reasons of the gaps opened, or ''
redis.replicate_commands() -- Redis 6 would else not write after INFO
local GROWS, CLOSE_BY = { silent = true, not_stored = true, unsigned = true }, 60000
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
local now, off, tells = tonumber(ARGV[1]), 0, ARGV[10] == '1'
if ARGV[2] == '1' then
  local time = redis.call('TIME')
  off = time[1] * 1000 + math.floor(time[2] / 1000) - now
  now = now + off
end
local function told(text)
  local moment = tonumber(text)
  return moment > 0 and moment + off or 0
end
local function whole(moment) return string.format('%d', moment) end
local kept = redis.call('HMGET', KEYS[1], 'up', 'run', 'event', 'crc', 'noted')
local up, seen, noted = tonumber(kept[1] or '0'), tonumber(kept[3] or '0'), tonumber(kept[5] or '0')
local silence, reasons = tonumber(ARGV[6]), {}

local function open(since, till, reason, how)
  -- up to the latest delivery, or the end of what was noted before, all is known; behind it lies a silence
  local known = math.max(seen, noted)
  if silence > 0 and known > 0 and since - known > silence then since = known end
  noted = math.max(noted, till)
  local id, gap = whole(since) .. '-' .. whole(till), { since = whole(since), till = whole(till), reason = reason }
  local gaps, newest, latest, same, there = redis.call('HGETALL', KEYS[2]), nil, -1, nil, nil
  for i = 1, #gaps, 2 do
    local known = cjson.decode(gaps[i + 1])
    local from, to = tonumber(known.since), tonumber(known.till)
    if to > latest then newest, latest = { gaps[i], known }, to end
    if gaps[i] == id then there = { id, known } end
    if GROWS[reason] and known.reason == reason and from <= since and to >= since - CLOSE_BY then
      same = { gaps[i], known }
    end
  end
  -- where there are many the newest one grows, so that no stretch is forgotten
  -- the very stretch may be doubted for another reason too, and be read back for it
  local grown = same or there or (#gaps / 2 >= tonumber(ARGV[7]) and newest)
  if grown then
    id, gap = grown[1], grown[2]
    gap.since = whole(math.min(tonumber(gap.since), since))
    gap.till = whole(math.max(tonumber(gap.till), till))
  elseif how == 'only' then
    gap.done_to = whole(till)
  end
  if how ~= '' then gap.read_from = whole(math.min(tonumber(gap.read_from or since), since)) end
  redis.call('HSET', KEYS[2], id, cjson.encode(gap))
  if not same then reasons[#reasons + 1] = reason end
end

if tells and up > 0 and now - up > tonumber(ARGV[5]) then
  open(up, now, 'intake_down', '')
elseif tells and up > 0 and kept[2] and kept[2] ~= run then
  open(up - tonumber(ARGV[8]), now, 'redis_restarted', '')
end
for _, one in ipairs(cjson.decode(ARGV[9])) do open(told(one[1]), told(one[2]), one[3], one[4]) end
if not tells then
  redis.call('HSET', KEYS[1], 'noted', whole(noted))
  return table.concat(reasons, '+')
end
local event, known = math.max(seen, told(ARGV[3])), math.max(seen, noted)
if known == 0 then
  noted = now -- the first beat of all: from here on silence counts
elseif silence > 0 and event - known > silence then
  open(known, event, 'silent', '')
elseif silence > 0 and now - math.max(known, event) > silence then
  open(math.max(known, event), now, 'silent', '')
end
local function latest(old, new) return whole(math.max(tonumber(old or '0'), new)) end
redis.call('HSET', KEYS[1], 'up', latest(kept[1], now), 'run', run, 'event', whole(event), 'noted', whole(noted),
  'crc', latest(kept[4], told(ARGV[4])))
return table.concat(reasons, '+')
