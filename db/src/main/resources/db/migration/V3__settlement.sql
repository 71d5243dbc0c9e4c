-- Statements and documents. Both follow the newest charges; superseded states stay readable.

create table statement (
    id          integer generated always as identity primary key,
    agreement   integer not null references agreement,
    period_from date not null,
    period_end  date not null check (period_end > period_from),      -- exclusive
    currency    text not null,
    charge_decimals smallint not null,                               -- of traffic amounts
    minor_decimals  smallint not null,                               -- of the currency's minor unit
    run         integer not null references run,
    digest      bytea not null,                                      -- of all its lines
    from_publication integer not null references publication,
    to_publication   integer references publication,
    check (to_publication > from_publication)
);
create unique index statement_live on statement (agreement, period_from) where to_publication is null;

-- kind: 1 traffic, 2 commitment, 3 total, 4 net
create table statement_line (
    statement   integer not null references statement,
    n           integer not null,                                    -- order of the line, from 1
    kind        smallint not null check (kind between 1 and 4),
    side        smallint,                                            -- of a net: who is owed; null: nobody
    destination text collate "C" not null, rate numeric, band text collate "C" not null,
    tier_from   numeric, origin text collate "C" not null, jurisdiction smallint not null,
    call_count  bigint, actual_seconds bigint, billed_seconds bigint, -- null: a net
    traffic_nanos numeric(38, 0),
    due_minor   bigint not null,
    primary key (statement, n),
    check (side is not null or kind = 4)
);

-- how far settlement got: the statements of an agreement's periods that ended through that day
-- stand as these terms and the charges up to that publication make them
create table settled (
    agreement   integer primary key references agreement,
    terms       bytea not null,                                      -- digest of all that settles it
    through     date not null,
    publication integer not null
);

create table invoice_series (
    prefix text not null, year integer not null, last_number integer not null check (last_number >= 0),
    primary key (prefix, year)
);

-- kind: invoice, expected, credit-note, debit-note, set-off; status: draft, expected, issued
create table document (
    id          integer generated always as identity primary key,
    number      text collate "C" not null,
    kind        text not null check (kind in ('invoice', 'expected', 'credit-note', 'debit-note', 'set-off')),
    status      text not null check (status in ('draft', 'expected', 'issued')),
    carrier     smallint not null references carrier,
    agreement   integer not null references agreement,
    side        smallint not null,
    period_from date not null,
    period_end  date not null,
    currency    text not null,
    document_date date not null,
    due_date    date not null,
    net_minor   bigint not null, tax_minor bigint not null, gross_minor bigint not null,
    tax_category smallint not null, tax_percent numeric not null, tax_note text not null,
    statement   integer not null references statement,
    original    integer references document,                         -- what a note corrects
    book        integer not null references book_version,
    run         integer not null references run,
    digest      bytea not null,                                      -- of all that is printed
    from_publication integer not null references publication,
    to_publication   integer references publication,
    check (gross_minor = net_minor + tax_minor),
    check (status <> 'issued' or to_publication is null)             -- issued documents never change
);
create unique index document_live on document (number) where to_publication is null;
create unique index document_issued_number on document (number) where status = 'issued';

create table document_line (
    document    integer not null references document,
    n           integer not null,
    description text not null,
    destination text collate "C" not null, rate numeric not null, band text collate "C" not null,
    tier_from   numeric,                                             -- null: a shortfall
    origin      text collate "C" not null, jurisdiction smallint not null,
    call_count  bigint not null, billed_seconds bigint not null,
    amount_minor bigint not null,
    usage_from  date, usage_end date,                                -- of an earlier period, billed late
    primary key (document, n),
    check ((usage_from is null) = (usage_end is null))
);

-- rendered once, the same bytes served for ever; found by the digest of what is printed
create table rendition (
    digest  bytea not null,
    format  text not null,                                           -- pdf, calls.csv.gz
    sha256  bytea not null check (length(sha256) = 32),
    content bytea not null,
    primary key (digest, format)
);

-- from which slices a draft's call detail was last written, and what came out
create table call_listing (
    number text collate "C" primary key,
    source bytea not null,
    sha256 bytea not null check (length(sha256) = 32)
);

create table posting (
    id       bigint generated always as identity primary key,
    document integer not null references document,
    day      date not null,
    account  text not null,
    debit_minor bigint not null check (debit_minor >= 0),
    credit_minor bigint not null check (credit_minor >= 0),
    currency text not null,
    check ((debit_minor = 0) <> (credit_minor = 0))
);

-- what an issued document should have said, once charges of its period changed
create table correction_proposal (
    id       integer generated always as identity primary key,
    document integer not null references document,
    line     integer not null,                                       -- of the document; 0 = a new line
    destination text not null, description text not null,
    from_minor bigint not null, to_minor bigint not null,
    run      integer not null references run,
    from_publication integer not null references publication,
    to_publication   integer references publication
);
