-- needs: forget
-- All that is kept of a shopper in their partition goes in one instant; what they write after it is new.
-- KEYS  1 consent, 2 hush, 3 gone, 4 forget, then the numbers told in ARGV of: keys of their own, sorted sets, streams;
--       then one key for each Send told, in the order of ARGV
-- ARGV  1 shopper, 2 seconds echoes may come, 3 how many own keys, 4 sorted sets, 5 streams, 6 how many Sends,
--       then only if they wrote nothing after this (ms; '' for anyhow), then the ids of all Sends their queues hold
-- gives {'CHANGED'} (the queues hold others: look again) | {'WROTE'} (they wrote since) | {'GONE', now (ms)};
--       changes nothing but at the last
local shopper, own, sets, streams, sends = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local told = {}
for i = 1, sends do told[ARGV[7 + i]] = true end

-- the first two of their own keys are the queue of this release and of the one before
for _, id in ipairs(redis.call('HKEYS', KEYS[5])) do
  if id ~= '@' and not told[id] then return {'CHANGED'} end
end
for _, id in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do
  if not told[id] then return {'CHANGED'} end
end

local time = redis.call('TIME')
local now = string.format('%d', time[1] * 1000 + math.floor(time[2] / 1000))
local said = redis.call('HMGET', KEYS[1], 'state', 'sent', 'wrote')
if ARGV[7] ~= '' and tonumber(said[3] or '0') > tonumber(ARGV[7]) then return {'WROTE'} end
if said[1] == 'closed' then redis.call('SET', KEYS[2], said[2] or now) end
-- X may still report what we sent before, and deliver what they wrote before: that must bring nothing back
redis.call('SET', KEYS[3], now .. ' ' .. (ARGV[7] == '' and now or ARGV[7]), 'EX', ARGV[2])
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[4], shopper)
local at = 4
for i = at + 1, at + own do redis.call('DEL', KEYS[i]) end
at = at + own
for i = at + 1, at + sets do
  redis.call('ZREM', KEYS[i], shopper)
  for id in pairs(told) do redis.call('ZREM', KEYS[i], id .. ' ' .. shopper) end
end
at = at + sets
for i = at + 1, at + streams do forget_in_stream(KEYS[i], shopper, tonumber(now)) end
at = at + streams
for i = at + 1, at + sends do redis.call('DEL', KEYS[i]) end
return {'GONE', now}
