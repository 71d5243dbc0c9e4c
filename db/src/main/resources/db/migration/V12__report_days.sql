-- What the calls set up on a UTC day add up to, for reports: counted once and read again while
-- nothing of the day changed. A cache: a day that is deleted here is counted anew by the next night.
-- The rows of a day stand and go with it; no foreign keys, whose checks would cost more than the rows.
create table report_day (
    day    date primary key,
    source bytea not null check (length(source) = 32)   -- digest of all that was counted
);

-- by carrier, side and destination; without a currency: calls without a charge
create table report_flow (
    day         date not null,
    carrier     smallint not null,
    side        smallint not null,
    destination text collate "C" not null,
    currency    text,
    attempt_count bigint not null, answered_count bigint not null, effective_count bigint not null,
    talk_ms     bigint not null, billed_seconds bigint not null,
    pdd_ms      bigint not null, pdd_count bigint not null,
    mos         numeric not null, mos_count bigint not null,
    charge_nanos numeric(38, 0) not null
);
create index report_flow_day on report_flow (day);

-- both charges of calls, by the carrier that sent them (0 = our own network)
create table report_earning (
    day         date not null,
    connect_day date not null,
    carrier     smallint not null,
    destination text collate "C" not null,
    sell_currency text, sell_nanos numeric(38, 0) not null,
    buy_currency  text, buy_nanos  numeric(38, 0) not null,
    call_count  bigint not null
);
create index report_earning_day on report_earning (day);

-- where the calls of a side went
create table report_joint (
    day         date not null,
    side        smallint not null,
    call_count  bigint not null, talk_ms bigint not null,
    own_count   bigint not null, own_ms bigint not null,
    unanswered_count bigint not null,
    charged_count bigint not null, charged_ms bigint not null,
    suspended_count bigint not null, suspended_ms bigint not null,
    primary key (day, side)
);
