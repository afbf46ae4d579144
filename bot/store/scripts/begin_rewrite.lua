-- Which deletions a rewrite of Redis' files that begins now is for. Those noted while it runs are for the next one.
-- KEYS  rewrite, rewriting
-- ARGV  noted before (ms)
-- gives since when (ms) they wait (also of a rewrite that was begun and never told to be done), or nothing
local begun = redis.call('GET', KEYS[2])
if begun then return begun end
local since = redis.call('GET', KEYS[1])
if not since or tonumber(since) > tonumber(ARGV[1]) then return false end
redis.call('SET', KEYS[2], since)
redis.call('DEL', KEYS[1])
return since
