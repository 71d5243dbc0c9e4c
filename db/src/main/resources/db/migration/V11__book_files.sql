-- Which files said the current version of the book, so that a night whose book is as it was need
-- not read it. Nothing depends on the row: without it the files are read.

create table book_files (
    version integer not null references book_version,
    digest  bytea not null
);
comment on table book_files is 'One row: the newest version, and the SHA-256 of the files it was read from and of what read them';
