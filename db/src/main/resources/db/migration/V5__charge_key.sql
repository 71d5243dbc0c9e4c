-- One row per call and side, with a key as narrow as that takes: a slice of charges is of one carrier
-- and side, so within it a call stands once. The day comes last, for it is the same all over a leaf
-- and would only be compared in vain while an index is sorted.

alter table slice add constraint slice_of_charges_has_a_side
    check (kind = 1 or (carrier is not null and side is not null));

alter table charge drop constraint charge_pkey;
alter table charge add primary key (slice, call_slice, call_n, day);
