-- Call detail and exports read the charges and calls of a large day span by span of the instant of
-- connection. Switches write files in the order of time, and rows lie as files came, so that the pages
-- which hold no row of a span are passed over by an index of a few kilobytes.
create index call_by_connect on call using brin (connect_ms) with (pages_per_range = 32);
create index charge_by_connect on charge using brin (connect_ms) with (pages_per_range = 32);
