-- A dead message goes back to the end of its queue, to be answered as if it had never been done. How often that was
-- done travels with it: its answer has an id of its own, so the apology sent before does not stand in its way.
-- KEYS  dead, done, turns, consent
-- ARGV  entry, written before this (ms) is too old (0: never)
-- gives 'GONE' | 'OLD' | 'STOPPED' (they want no more of us) | 'REPLAYED'; changes nothing but at the last
local entry = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
if not entry then return 'GONE' end
if redis.call('HGET', KEYS[4], 'state') == 'closed' then return 'STOPPED' end
local fields, again = {}, {}
for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
if tonumber(fields['sent'] or '0') < tonumber(ARGV[2]) then return 'OLD' end
fields['replay'] = string.format('%d', tonumber(fields['replay'] or '0') + 1)
fields['was'] = (fields['was'] and fields['was'] .. ' ' or '') .. (fields['reason'] or '')
fields['reason'] = nil
for name, value in pairs(fields) do
  again[#again + 1], again[#again + 2] = name, value
end
redis.call('DEL', KEYS[2])
redis.call('XADD', KEYS[3], '*', unpack(again))
redis.call('XDEL', KEYS[1], ARGV[1])
return 'REPLAYED'
