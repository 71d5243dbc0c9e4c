-- What was last laid out, and from what, so that a night without anything new need not do it again
-- to find that it is as it was. Nothing depends on these rows: without them it is done again.

create table laid_out (
    part   text collate "C" primary key,
    source bytea not null
);
comment on table laid_out is 'A part of a night''s output, and what it was last made from: drafts, and the folders below --out';
comment on column laid_out.source is 'SHA-256 of the numbers of all generations it was made from, and of the program';

create table laid_out_file (
    part   text collate "C" not null references laid_out,
    name   text collate "C" not null,
    sha256 bytea not null check (length(sha256) = 32),
    primary key (part, name)
);
comment on table laid_out_file is 'The files of a part, as it was last laid out';

-- what the current decks call the codes: the same for a version whatever the day
create table book_destinations (
    version integer not null references book_version,
    query   bytea not null,
    hashes  text not null
);
comment on table book_destinations is 'One row: the newest version of which it was asked, and a hash of each deck''s codes with their destinations';
comment on column book_destinations.query is 'SHA-256 of the query that hashed';
