-- When the database noted a run, by the clock that publications are dated with; started_at is by
-- the program's clock, which may be told to stand.
alter table run add column noted_at timestamptz;
update run set noted_at = started_at;
alter table run alter column noted_at set not null, alter column noted_at set default clock_timestamp();
