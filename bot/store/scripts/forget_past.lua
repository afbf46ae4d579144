-- needs: forget
-- What is kept of a shopper from before they asked to be forgotten, while the answer that says so is still on its way:
-- all but that answer, their consent, and what they wrote since.
-- KEYS  1 consent, 2 turns, 3 gone, then sorted sets of theirs by time (ms), then streams
-- ARGV  1 shopper, 2 asked at (ms), 3 how many sorted sets, 4 seconds echoes may come, 5 when they wrote so (ms)
-- X may still report what we sent before: that is no colleague's message
redis.call('SET', KEYS[3], ARGV[2] .. ' ' .. ARGV[5], 'EX', ARGV[4])
for i = 4, 3 + tonumber(ARGV[3]) do redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ARGV[2]) end
forget_in_stream(KEYS[2], '', 0) -- theirs that wait were written since; the bytes of answered ones go
for i = 4 + tonumber(ARGV[3]), #KEYS do forget_in_stream(KEYS[i], ARGV[1], tonumber(ARGV[2])) end
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'version', 1) end
return 1
