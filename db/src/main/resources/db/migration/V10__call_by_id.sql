-- A call is asked for by its id, among millions. By a hash, for an index holds no long text and a call
-- id may be one; what it finds is held against the id itself.
create index call_by_id on call (hashtextextended(call_id, 0));
