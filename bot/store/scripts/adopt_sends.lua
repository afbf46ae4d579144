-- needs: outbox
-- The queue of the release before is taken over, each Send as it stands; none is dropped.
-- KEYS  sends (a list of ids), due (its times), then the box, then one key a Send
-- ARGV  shopper, now (ms; '' for Redis' own), seconds `spent` is kept, then the ids the list was seen to hold
-- gives 1, or 0 where the list has changed since
local box, shopper, at = outbox_box(3), ARGV[1], outbox_now(ARGV[2])
local now = tonumber(at)
local ids = redis.call('LRANGE', KEYS[1], 0, -1)
if #ids ~= #ARGV - 3 then return 0 end
for i = 1, #ids do if ids[i] ~= ARGV[i + 3] then return 0 end end
local due, order = tonumber(redis.call('ZSCORE', KEYS[2], shopper) or now), 0
for i = 1, #ids do
  local send = KEYS[10 + i]
  local kept = redis.call('HMGET', send, 'state', 'mark', 'created', 'attempts')
  local state = kept[1]
  if state and not FINAL[state] and redis.call('HEXISTS', box.queue, ids[i]) == 0 then
    local tried = tonumber(kept[4] or '0') > 0
    order = math.max(order + 1, tonumber(kept[3]))
    redis.call('HSET', send, 'purpose', 'answer', 'department', 'giftbot')
    if tried then
      redis.call('HSET', send, 'doubtful', 1)
      outbox_spend(send, box, now, ARGV[3])
    end
    outbox_note(send, at, state, 'taken_over')
    outbox_put(box, { id = ids[i], urgency = 0, order = order, mark = kept[2],
      due = i == 1 and due or math.min(due, now), phase = ACTIVE[state] and 'a' or tried and 't' or 'w' })
    redis.call('ZADD', box.all, kept[3], ids[i] .. ' ' .. shopper)
  end
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], shopper)
outbox_touch(box)
outbox_arrange(box, shopper, now)
return 1
