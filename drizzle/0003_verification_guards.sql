-- What was seen is never rewritten: a correction is a new event that supersedes (DOMAIN §3.6).
CREATE TRIGGER verification_no_update BEFORE UPDATE ON verification BEGIN SELECT RAISE(ABORT, 'verifications never change'); END;
--> statement-breakpoint
CREATE TRIGGER verification_no_delete BEFORE DELETE ON verification BEGIN SELECT RAISE(ABORT, 'verifications are never deleted'); END;
--> statement-breakpoint
-- An alarm is dealt with once, by somebody, and stays.
CREATE TRIGGER alarm_fixed BEFORE UPDATE OF id, record_id, path, kind, raised_at, raised_by ON alarm BEGIN SELECT RAISE(ABORT, 'alarms never change'); END;
--> statement-breakpoint
CREATE TRIGGER alarm_closed_stays BEFORE UPDATE ON alarm WHEN OLD.closed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a closed alarm stays closed'); END;
--> statement-breakpoint
CREATE TRIGGER alarm_no_delete BEFORE DELETE ON alarm BEGIN SELECT RAISE(ABORT, 'alarms are closed, never deleted'); END;
--> statement-breakpoint
-- A listed organisation's link works once.
CREATE TRIGGER owner_link_used_once BEFORE UPDATE ON owner_link WHEN OLD.used_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a used link stays used'); END;
