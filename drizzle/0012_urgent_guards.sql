-- What people were asked to sign never changes; it only ends, once.
CREATE TRIGGER urgent_request_fixed BEFORE UPDATE OF sequence, version, digest, request, withdrawals, created_at ON urgent_request BEGIN SELECT RAISE(ABORT, 'an urgent request never changes'); END;
--> statement-breakpoint
CREATE TRIGGER urgent_request_end_stays BEFORE UPDATE ON urgent_request WHEN OLD.state <> 'open' BEGIN SELECT RAISE(ABORT, 'an urgent request ends once'); END;
--> statement-breakpoint
CREATE TRIGGER urgent_request_no_delete BEFORE DELETE ON urgent_request BEGIN SELECT RAISE(ABORT, 'urgent requests are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER urgent_request_rises BEFORE INSERT ON urgent_request WHEN NEW.sequence <= (SELECT coalesce(max(sequence), 0) FROM urgent_request) BEGIN SELECT RAISE(ABORT, 'the sequence of the urgent list rises'); END;
--> statement-breakpoint
-- A signature counts for the person whose key made it, and for nothing that has ended.
CREATE TRIGGER urgent_signature_no_update BEFORE UPDATE ON urgent_signature BEGIN SELECT RAISE(ABORT, 'signatures never change'); END;
--> statement-breakpoint
CREATE TRIGGER urgent_signature_no_delete BEFORE DELETE ON urgent_signature BEGIN SELECT RAISE(ABORT, 'signatures are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER urgent_signature_of_open BEFORE INSERT ON urgent_signature WHEN (SELECT state FROM urgent_request WHERE sequence = NEW.sequence) IS NOT 'open' BEGIN SELECT RAISE(ABORT, 'only an open request takes signatures'); END;
