-- needs: outbox
-- The Send whose turn it is for a shopper, and all a judge must know of them, read in one instant.
-- KEYS  sends (queue of the release before), then the box
-- ARGV  shopper, now (ms; '' for Redis' own), kind (look|answer|other)
-- gives {'OLD', ids} (to be taken over first) | {'NONE'} (is not due after all)
--       | {'SEND', id, consent, spent, a later answer waits (1|0)}
local box, now = outbox_box(2), tonumber(outbox_now(ARGV[2]))
local old = redis.call('LRANGE', KEYS[1], 0, -1)
if #old > 0 then return {'OLD', old} end
local entries = outbox_entries(box)
local first = outbox_next(entries, ARGV[3], now)
if not first then
  outbox_arrange(box, ARGV[1], now)
  return {'NONE'}
end
local newer = 0
for _, entry in ipairs(entries) do
  if entry.urgency == 0 and entry.phase ~= 'a' and entry.id ~= first.id
    and (first.urgency > 0 or entry.order > first.order) then newer = 1 end
end
-- answers are free of every rule about what was sent before; a long talk would be read anew for each of them
local spent = first.urgency > 0 and redis.call('ZREVRANGE', box.spent, 0, -1, 'WITHSCORES') or {}
return {'SEND', first.id, redis.call('HGETALL', box.consent), spent, newer}
