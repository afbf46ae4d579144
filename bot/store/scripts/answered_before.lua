-- An earlier life of this store dealt with these messages: no turn of theirs commits, and they leave the queue.
-- KEYS  turns, then the done mark of each message
-- ARGV  seconds a done mark lives, then each message
local them = {}
for n = 2, #ARGV do
  them[ARGV[n]] = true
  redis.call('SET', KEYS[n], 'answered', 'NX', 'EX', ARGV[1])
end
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
  for n = 1, #entry[2], 2 do
    if entry[2][n] == 'message' and them[entry[2][n + 1]] then redis.call('XDEL', KEYS[1], entry[1]) end
  end
end
return 1
