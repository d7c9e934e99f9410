-- Counters of the rate limits, in the shape that rate-limiter-flexible expects. Unlogged: they survive a
-- restart, cost no WAL, and may be lost in a crash. Written by app/http/rate-limit.ts only.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
