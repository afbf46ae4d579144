-- An earlier life of this store dealt with these messages: no turn of theirs commits, and they leave the queue. Of those
-- it perhaps did not answer, what leaves the queue is kept in `dead`, whole, with the reason: people may bring it back.
-- KEYS  turns, dead, then the done mark of each message
-- ARGV  seconds a done mark lives, seconds a dead message lives, reason, how many of the last messages are such, then
--       each message
local them, perhaps = {}, {}
for n = 5, #ARGV do
  them[ARGV[n]] = true
  perhaps[ARGV[n]] = n > #ARGV - tonumber(ARGV[4])
  redis.call('SET', KEYS[n - 2], 'answered', 'NX', 'EX', ARGV[1])
end
local oldest = redis.call('TIME')[1] * 1000 - ARGV[2] * 1000
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
  local fields = entry[2]
  local message
  for n = 1, #fields, 2 do
    if fields[n] == 'message' then message = fields[n + 1] end
  end
  if them[message] then
    if perhaps[message] then
      fields[#fields + 1], fields[#fields + 2] = 'reason', ARGV[3]
      redis.call('XADD', KEYS[2], 'MINID', '=', oldest, '*', unpack(fields))
      redis.call('EXPIRE', KEYS[2], ARGV[2])
    end
    redis.call('XDEL', KEYS[1], entry[1])
  end
end
return 1
