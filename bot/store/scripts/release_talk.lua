-- The bot may answer again: no person has the talk, and it is not paused.
-- KEYS  talk
-- gives what held it, '' where there is no talk
if redis.call('EXISTS', KEYS[1]) == 0 then return '' end
local kept = redis.call('HMGET', KEYS[1], 'with_person', 'colleague', 'paused')
redis.call('HSET', KEYS[1], 'with_person', 0)
redis.call('HDEL', KEYS[1], 'colleague', 'paused', 'answered')
return (kept[1] == '1' and 'person ' or '') .. (kept[2] and 'colleague ' or '') .. (kept[3] and 'paused ' or '') .. '.'
