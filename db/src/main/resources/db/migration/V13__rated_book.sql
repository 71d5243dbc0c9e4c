-- Under which version of the book every carrier-day that was rated stands, so that a night with
-- nothing new need not read a book to find that no price changed. Nothing depends on the row:
-- without it the pricing of every carrier-day is compared.

create table rated_book (
    version     integer not null references book_version,
    program     bytea not null,
    publication integer not null
);
comment on table rated_book is 'One row: all of rated_unit has the pricing of this version, as this program digests it. It counts only while publication is still the newest of rated_unit';
comment on column rated_book.program is 'SHA-256 of what digests pricing';
comment on column rated_book.publication is 'The newest of rated_unit when the row was written; 0: there was none';
