-- After how many hours without another part a long call of the switch counts as ended although its
-- final part never came; null: it is waited for.
alter table switch_version
    add column orphan_after_hours smallint check (orphan_after_hours > 0);
