/**
 * The limits as sorted sets whose scores say when each place is free again, in milliseconds of the clock of Redis. A place is
 * taken from the moment that it is granted for; until its holder says when the bytes left, it is taken for as long as the
 * holder may still use it. So neither the clocks nor the pace of our processes, nor their death, let more through.
 */
const NOW = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local function text(number) return string.format('%.3f', number) end
`;

/** The pair and the person of a permit are its own as long as they have the score that it gave them. */
const OWN = `
local function own(key, member, score)
  local found = redis.call('ZSCORE', key, member)
  return found and math.abs(tonumber(found) - score) < 1
end
`;

/**
 * Grants a place for a moment not further off than the lane may look ahead, or says which limit is in the way and for how
 * long. Of those who look, the more urgent looks further, and leaves word when even that was not enough: then the others wait.
 */
export const TAKE = `${NOW}
local places, pairs, people, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local run, id, lane, person = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local rate, window, interval = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local perPerson, day, allowed = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local ahead, validity, margin, burst = tonumber(ARGV[11]), tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local known = redis.call('HMGET', state, 'run', 'blocked', 'next', 'waits0', 'waits1')
if known[1] ~= run then return {'forgotten', '0'} end
local blocked = tonumber(known[2] or 0)
if blocked > now then return {'blocked', text(blocked - now)} end

if perPerson > 0 then
  redis.call('ZREMRANGEBYSCORE', pairs, '-inf', now)
  local free = redis.call('ZSCORE', pairs, person)
  -- One that has not left yet is expected to leave soon, not at the end of its time.
  if free then return {'pair', text(math.min(free - now, perPerson + margin + 200))} end
end

local isNew, used = 0, 0
if day > 0 then
  redis.call('ZREMRANGEBYSCORE', people, '-inf', now)
  used = redis.call('ZCARD', people)
  if not redis.call('ZSCORE', people, person) then
    if used >= allowed then
      local oldest = redis.call('ZRANGE', people, used - allowed, used - allowed, 'WITHSCORES')
      return {'people', text(oldest[2] and oldest[2] - now or day)}
    end
    isNew = 1
  end
end

redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
local taken = redis.call('ZCARD', places)
local next = tonumber(known[3] or 0)
local at = math.max(now, next - burst)
if taken >= rate then
  -- Those that are free before it were already passed on, each to one of those beyond the rate.
  at = math.max(at, tonumber(redis.call('ZRANGE', places, taken - rate, taken - rate, 'WITHSCORES')[2]))
end
local wait = at - now - ahead
for urgent = 0, lane - 1 do
  wait = math.max(wait, tonumber(known[4 + urgent] or 0) - now)
end
if wait > 0 then
  if lane < 2 then redis.call('HSET', state, 'waits' .. lane, now + math.min(wait, 1000) + 100) end
  return {'rate', text(wait)}
end

redis.call('ZADD', places, at + validity + window + margin, id)
redis.call('PEXPIRE', places, math.ceil(at - now + validity + window + 60000))
redis.call('HSET', state, 'next', math.max(at, next) + interval)
if lane < 2 then redis.call('HDEL', state, 'waits' .. lane) end
if perPerson > 0 then
  redis.call('ZADD', pairs, at + validity + perPerson + margin, person)
  redis.call('PEXPIRE', pairs, math.ceil(at - now + validity + perPerson + 60000))
end
if day > 0 then
  redis.call('ZADD', people, 'GT', at + validity + day + margin, person)
  redis.call('PEXPIRE', people, math.ceil(day + 3600000))
end
return {'granted', text(at - now), text(at), text(now), isNew, used + isNew}
`;

/**
 * The bytes left so many milliseconds ago, or at a time that is a little closer: from then on the windows count. Also where Redis was
 * wiped since the grant.
 */
export const LEFT = `${NOW}${OWN}
local places, pairs, people = KEYS[1], KEYS[2], KEYS[3]
local id, person, at, age = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local window, perPerson, day = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local validity, margin = tonumber(ARGV[8]), tonumber(ARGV[9])
local left = now - age
local closer = tonumber(ARGV[10])
if closer < left and closer > left - 50 then left = closer end
redis.call('ZADD', places, left + window + margin, id)
redis.call('PEXPIRE', places, math.ceil(window + validity + 60000))
if perPerson > 0 then
  local free = left + perPerson + margin
  if own(pairs, person, at + validity + perPerson + margin) then redis.call('ZREM', pairs, person) end
  redis.call('ZADD', pairs, 'GT', free, person)
  redis.call('PEXPIRE', pairs, math.ceil(perPerson + validity + 60000))
end
if day > 0 then
  if own(people, person, at + validity + day + margin) then redis.call('ZREM', people, person) end
  redis.call('ZADD', people, 'GT', left + day + margin, person)
  redis.call('PEXPIRE', people, math.ceil(day + 3600000))
end
return text(left)
`;

/** Nothing left, or nothing was taken there: what was taken here is free at once. */
export const BACK = `${OWN}
local places, pairs, people, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, person, at, isNew = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local perPerson, day, validity, margin = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
if redis.call('ZREM', places, id) == 1 then redis.call('HINCRBYFLOAT', state, 'next', -tonumber(ARGV[9])) end
if perPerson > 0 and own(pairs, person, at + validity + perPerson + margin) then redis.call('ZREM', pairs, person) end
if isNew == '1' and own(people, person, at + validity + day + margin) then redis.call('ZREM', people, person) end
return 1
`;

/** A time to come back, each caller later than the one before: those who are turned away do not return as a crowd. */
export const LATER = `${NOW}
local at = math.max(tonumber(redis.call('HGET', KEYS[1], 'later') or 0), now + tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], 'later', at + tonumber(ARGV[1]))
return text(at - now)
`;

/** What was sent is counted again: the line is open, after a while where sends may be on their way that nobody could see. */
export const RESTORED = `${NOW}
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'blocked', now + tonumber(ARGV[3]))
redis.call('DEL', KEYS[2])
return 1
`;
