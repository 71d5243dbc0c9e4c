-- Collection: where switches' files are fetched from, and what was fetched.

create table pickup_version (
    pickup text collate "C" not null, switch smallint not null references switch,
    host text not null, port integer not null check (port between 1 and 65535), login text not null,
    host_keys text[] not null check (cardinality(host_keys) > 0),
    key_file text not null, password_variable text not null,
    folder text not null, files text not null, move_to text not null,
    quiet_seconds integer not null check (quiet_seconds >= 0),
    max_megabytes integer not null check (max_megabytes > 0),
    known_from integer not null references book_version, known_to integer not null default 2147483647,
    primary key (pickup, known_from),
    check (key_file <> '' or password_variable <> '')
);

-- A file on another host is known by its path, size and time; with other ones it is another file.
create table collected_file (
    switch smallint not null references switch,
    host text collate "C" not null, port integer not null, path text collate "C" not null,
    size_bytes bigint not null check (size_bytes >= 0),
    modified_s bigint not null,                       -- by the host's clock
    sha256 bytea not null check (length(sha256) = 32), -- of the bytes as they came
    inbox_path text not null,                         -- below the inbox
    run integer not null references run,
    primary key (switch, host, port, path, size_bytes, modified_s)
);

-- What each run's visit to a pickup came to.
create table collection (
    run integer not null references run,
    pickup text collate "C" not null,
    file_count integer not null check (file_count >= 0),
    byte_count bigint not null check (byte_count >= 0),
    refused_count integer not null check (refused_count >= 0),
    failure text,                                     -- null: the folder was seen to its end
    primary key (run, pickup)
);
