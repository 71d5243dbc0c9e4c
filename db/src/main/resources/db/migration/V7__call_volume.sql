-- Calls per slice, switch and hour, written with them: what the volume of a switch is judged by
-- without counting calls. Calls that were taken out later are in it still; see tombstone.
create table call_volume (
    slice      integer not null references slice,
    switch     smallint not null references switch,
    hour       smallint not null check (hour between 0 and 23),  -- UTC hour of setup, on the slice's day
    call_count integer not null check (call_count > 0),
    primary key (slice, switch, hour)
);
insert into call_volume (slice, switch, hour, call_count)
    select slice, switch, setup_ms / 3600000 % 24, count(*) from call group by 1, 2, 3;

-- How many files a switch writes, and what their names say of when; null where none is expected.
alter table switch_version
    add column expected_files        smallint check (expected_files > 0),   -- of each span
    add column expected_minutes      smallint check (1440 % expected_minutes = 0),
    add column expected_days         smallint check (expected_days between 1 and 127), -- bit 0: Monday
    add column expected_stamp        text,      -- pattern; its first group is the time
    add column expected_stamp_is_end boolean,
    add constraint switch_version_expected check (
        num_nulls(expected_files, expected_minutes, expected_days, expected_stamp_is_end) in (0, 4)
        and (expected_stamp is null or expected_files is not null));
