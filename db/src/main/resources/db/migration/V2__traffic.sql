-- Runs, publications and slices; files, calls and charges.
--
-- A slice is what one run wrote of one kind for one day. It is visible at publication p when
-- from_publication <= p < to_publication. Publishing is a few rows in slice_life in the transaction
-- that wrote the slice, or in one of its own; no row of a slice is ever changed, and every earlier
-- state stays readable.

-- How exports print: a packed number (model Digits), an instant, an amount of nanos.
create function digits(packed bigint) returns text language sql immutable parallel safe
    return case when packed = 0 then '' else lpad((packed >> 8)::text, (packed & 127)::integer, '0') end;
create function instant(ms bigint) returns text language sql immutable parallel safe
    return to_char(to_timestamp(0) at time zone 'UTC' + ms * interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
create function nanos(amount numeric, decimals integer) returns text language sql immutable parallel safe
    return round(amount * 0.000000001, decimals)::text;       -- a product is exact, a quotient is not

create table run (
    id         integer generated always as identity primary key,
    command    text not null,
    book       integer references book_version,
    reason     text not null default '',
    started_at timestamptz not null,
    ended_at   timestamptz,
    state      text not null check (state in ('running', 'done', 'failed', 'abandoned')),
    -- the totals equation of mediation: every record ends somewhere
    read_count bigint not null default 0, reopened_count bigint not null default 0,
    call_count bigint not null default 0, joined_count bigint not null default 0,
    duplicate_count bigint not null default 0, suspended_count bigint not null default 0,
    filtered_count bigint not null default 0,
    constraint run_totals_balance check (read_count + reopened_count
        = call_count + joined_count + duplicate_count + suspended_count + filtered_count)
);

create table publication (
    id integer generated always as identity primary key,
    run integer not null references run,
    published_at timestamptz not null
);

-- kinds: 1 calls of one UTC setup day; 2 charges of one carrier, side and UTC connect day;
-- 3 charges of one tier group (agreement, side, destination, month)
create table slice (
    id        integer generated always as identity primary key,
    kind      smallint not null check (kind in (1, 2, 3)),
    run       integer not null references run,
    day       date,                                    -- kinds 1 and 2
    carrier   smallint references carrier,             -- kinds 2 and 3
    side      smallint,                                -- kinds 2 and 3
    agreement integer references agreement,            -- kind 3
    destination text collate "C",                      -- kind 3
    month     date,                                    -- kind 3: first day, in the agreement's zone
    row_count bigint not null default 0,
    digest    bigint not null default 0                -- order-independent sum over the rows
);
create table slice_life (
    slice            integer primary key references slice,
    from_publication integer not null references publication,
    to_publication   integer references publication,
    check (to_publication > from_publication)
);
create view live_slice as
    select s.* from slice s join slice_life l on l.slice = s.id where l.to_publication is null;

-- takes single rows out of a visible slice from a publication on
create table tombstone (
    slice integer not null references slice,
    n     integer not null,
    publication integer not null references publication,
    primary key (slice, n)
);

create table cdr_file (
    id       integer generated always as identity primary key,
    switch   smallint not null references switch,
    sha256   bytea not null check (length(sha256) = 32),        -- of the decoded content; of
                                                                -- the raw bytes if it is corrupt
    path     text not null,                                     -- below the inbox, when first seen
    archived text not null,                                     -- below the archive
    decoded_bytes bigint not null,
    run      integer not null references run,
    publication integer references publication,                 -- null: quarantined
    quarantine_reason text,
    first_setup_ms bigint, last_setup_ms bigint,
    file_sequence bigint,                                       -- that it bears inside, if it does
    -- present state of its records
    read_count bigint not null default 0, call_count bigint not null default 0,
    joined_count bigint not null default 0, duplicate_count bigint not null default 0,
    suspended_count bigint not null default 0, filtered_count bigint not null default 0,
    unique (switch, sha256),
    check ((publication is null) = (quarantine_reason is not null)),
    constraint file_totals_balance check (read_count
        = call_count + joined_count + duplicate_count + suspended_count + filtered_count)
);

-- every name under which a file's content was met; also lets an unchanged file be passed by unread
create table file_sighting (
    switch   smallint not null references switch,
    path     text not null,
    size_bytes bigint not null, modified_ms bigint not null,
    file     integer not null references cdr_file,
    run      integer not null references run,
    repeated boolean not null,                                  -- content known before: yields nothing
    primary key (switch, path, size_bytes, modified_ms)
);

create table call (
    day          date not null,                 -- UTC day of setup
    slice        integer not null,
    n            integer not null,
    file         integer not null,
    record       integer not null,              -- from 1
    setup_ms     bigint not null,
    connect_ms   bigint,                        -- null: unanswered
    release_ms   bigint,
    duration_ms  bigint not null check (duration_ms >= 0),
    calling      bigint not null,               -- Digits.packed, 0 = none
    called       bigint not null,
    routing      bigint not null,
    switch       smallint not null,
    ingress_carrier smallint not null,          -- 0 = our own network
    egress_carrier  smallint not null,
    ingress_trunk integer not null,             -- word
    egress_trunk  integer not null,             -- word
    ingress_product integer not null,           -- word
    egress_product  integer not null,           -- word
    cause        integer not null,              -- word
    sip_code     integer not null,              -- word
    codec        integer not null,              -- word
    mos          integer not null,              -- word
    attestation  integer not null,              -- word
    pdd_ms       integer,
    call_id      text collate "C" not null,
    leg_id       text collate "C" not null,
    primary key (day, slice, n)
) partition by range (day);

create view live_call as
    select c.* from call c join slice_life l on l.slice = c.slice
    where l.to_publication is null
      and not exists (select 1 from tombstone t where t.slice = c.slice and t.n = c.n);

-- what some formats say of a call beyond the columns of call, by name
create table call_detail (
    slice  integer not null references slice,
    n      integer not null,
    detail jsonb not null,
    primary key (slice, n)
);

-- answered calls with talk per carrier, side and connect day of a slice: which charges it touches
create table call_sum (
    slice      integer not null references slice,
    carrier    smallint not null references carrier,
    side       smallint not null,
    connect_day date not null,
    call_count integer not null,
    talk_ms    bigint not null,
    primary key (slice, carrier, side, connect_day)
);

-- the key of every accepted record: a keyed 128-bit hash of switch, call_id, leg_id, setup (and of
-- the sequence, of parts); unique within the UTC day of setup, which is in the key. A hit is
-- confirmed by the key itself, which stands in call (day, slice, n), or in part where slice is 0.
create table fingerprint (
    day     date not null,
    key_high bigint not null,
    key_low  bigint not null,
    content bigint not null,                    -- hash of the fields outside the key
    file    integer not null,
    record  integer not null,
    slice   integer not null,
    n       integer not null,
    primary key (day, key_high, key_low)
) partition by range (day);

-- what this installation keys its fingerprints with
create table installation (
    one boolean primary key default true check (one),
    hash_key_high bigint not null, hash_key_low bigint not null,
    created_at timestamptz not null default now()
);
insert into installation (hash_key_high, hash_key_low)
    select ('x' || substr(md5(random()::text || clock_timestamp()::text), 1, 16))::bit(64)::bigint,
           ('x' || substr(md5(clock_timestamp()::text || random()::text), 1, 16))::bit(64)::bigint;

-- accepted records that are not a call by themselves, or that others may join (see RecordKind).
-- Parts of a call that is whole bear the call; the others wait (INCOMPLETE_CALL).
create table part (
    file       integer not null references cdr_file,
    record     integer not null,
    kind       smallint not null,
    switch     smallint not null references switch,
    call_id    text collate "C" not null,
    leg_id     text collate "C" not null,
    sequence   integer not null check (sequence >= 0),
    final      boolean not null,
    setup_ms   bigint not null,                 -- or what places the record instead
    connect_ms bigint, release_ms bigint, duration_ms bigint not null,
    calling bigint not null, called bigint not null, routing bigint not null,
    ingress_carrier smallint not null, egress_carrier smallint not null,
    ingress_trunk text not null, egress_trunk text not null,
    ingress_product text not null, egress_product text not null,
    cause text not null, sip_code text not null, codec text not null, mos text not null,
    attestation text not null, pdd_ms integer,
    content    bigint not null,
    detail     jsonb,
    from_publication integer not null references publication,
    to_publication integer references publication,               -- null: accepted still
    call_day   date,                                             -- null: waits
    call_slice integer,
    call_n     integer,
    call_first boolean not null default false,                   -- gives the call its file and record
    primary key (file, record, from_publication),
    check ((call_day is null) = (call_slice is null) and (call_day is null) = (call_n is null)),
    check (call_day is not null or not call_first)
);
-- by a hash, for an index holds no long text and a call id may be one
create index part_group on part (switch, hashtextextended(call_id, 0)) where to_publication is null;
create index part_waiting on part (file) where to_publication is null and call_day is null;

-- records mediation holds back; the raw record stays in the archived file
create table suspense (
    file    integer not null references cdr_file,
    record  integer not null,
    call_id text collate "C" not null,
    leg_id  text collate "C" not null,
    setup_ms bigint,                            -- null: not readable
    mediated_at timestamptz not null,
    trunk   text not null default '',
    talk_ms bigint not null default 0,
    reason  smallint not null,
    cure_ms bigint,                             -- for a fault that time cures: from when it is none
    from_publication integer not null references publication,
    to_publication   integer references publication,             -- null: open
    released_as text check (released_as in ('call', 'part', 'duplicate', 'filtered', 'suspended', 'written-off')),
    write_off_reason text,
    primary key (file, record, from_publication),
    check ((to_publication is null) = (released_as is null))
);
create index suspense_open on suspense (file) where to_publication is null;

create table duplicate (
    file    integer not null references cdr_file,
    record  integer not null,
    call_id text collate "C" not null,
    leg_id  text collate "C" not null,
    setup_ms bigint not null,
    original_file integer not null references cdr_file,
    original_record integer not null,
    differs boolean not null,
    from_publication integer not null references publication,
    to_publication   integer references publication,
    primary key (file, record, from_publication)
);

create table filtered (
    file    integer not null references cdr_file,
    record  integer not null,
    from_publication integer not null references publication,
    to_publication   integer references publication,
    primary key (file, record, from_publication)
);

-- all that mediation holds back now; 7 is INCOMPLETE_CALL
create view open_suspense as
    select s.file, s.record, f.switch, s.call_id, s.leg_id, s.setup_ms, s.mediated_at, s.trunk,
           s.talk_ms, s.reason
    from suspense s join cdr_file f on f.id = s.file
    where s.to_publication is null
    union all
    select p.file, p.record, p.switch, p.call_id, p.leg_id, p.setup_ms, r.started_at,
           p.ingress_trunk, p.duration_ms, 7::smallint
    from part p
    join publication b on b.id = p.from_publication join run r on r.id = b.run
    where p.to_publication is null and p.call_day is null;

-- what open suspense and quarantined files were last offered under: digest of the book's switches,
-- trunks and test numbers
create table offered_under (
    one    boolean primary key default true check (one),
    digest bytea not null
);

create table charge (
    day         date not null,                  -- UTC day of connect
    slice       integer not null,
    call_day    date not null,
    call_slice  integer not null,
    call_n      integer not null,
    side        smallint not null,
    carrier     smallint not null,
    agreement   integer not null,
    deck_row    integer not null,               -- of the first part
    connect_ms  bigint not null,
    actual_seconds integer not null,
    billed_seconds integer not null check (billed_seconds >= 0),
    charge_nanos bigint not null check (charge_nanos >= 0),      -- 10^-9 of the agreement's currency
    part_count  smallint not null default 0,    -- rows in charge_part; 0 = whole
    primary key (day, slice, call_slice, call_n, side)
) partition by range (day);

-- a call cut by bands or tiers: one row a part, n from 1
create table charge_part (
    slice       integer not null references slice,
    call_slice  integer not null,
    call_n      integer not null,
    side        smallint not null,
    n           smallint not null,
    deck_row    integer not null references deck_row,
    actual_seconds integer not null, billed_seconds integer not null,
    charge_nanos bigint not null,
    primary key (slice, call_slice, call_n, side, n)
);

-- a side of a call that could not be priced
create table charge_suspense (
    slice       integer not null references slice,
    call_day    date not null,
    call_slice  integer not null,
    call_n      integer not null,
    side        smallint not null,
    carrier     smallint not null,
    connect_ms  bigint not null,
    reason      smallint not null,
    primary key (slice, call_slice, call_n, side)
);

create view live_charge as
    select c.* from charge c join slice_life l on l.slice = c.slice where l.to_publication is null;

-- charges of a slice summed for settlement; day is the local date of connect in the agreement's zone
create table traffic_sum (
    slice       integer not null references slice,
    agreement   integer not null references agreement,
    side        smallint not null,
    day         date not null,
    rate_line   integer not null references rate_line,
    call_count  integer not null,
    actual_seconds bigint not null,
    billed_seconds bigint not null,
    charge_nanos numeric(38, 0) not null,
    primary key (slice, agreement, side, day, rate_line)
);
create index traffic_sum_agreement on traffic_sum (agreement, day);

-- how far rating got: slices of calls rated, and under which pricing each carrier-day stands
create table rated_slice (
    call_slice  integer primary key references slice,
    publication integer not null references publication
);
create table rated_unit (
    carrier     smallint not null references carrier,
    side        smallint not null,
    day         date not null,                  -- UTC connect day
    pricing     bigint not null,                -- digest of all that prices this unit
    publication integer not null references publication,
    primary key (carrier, side, day)
);
