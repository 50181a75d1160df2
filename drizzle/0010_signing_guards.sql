-- What people were asked to sign never changes; it only becomes void, once.
CREATE TRIGGER signing_request_fixed BEFORE UPDATE OF sequence, version, digest, request, created_at ON signing_request BEGIN SELECT RAISE(ABORT, 'a signing request never changes'); END;
--> statement-breakpoint
CREATE TRIGGER signing_request_void_stays BEFORE UPDATE ON signing_request WHEN OLD.voided_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a void request stays void'); END;
--> statement-breakpoint
CREATE TRIGGER signing_request_no_delete BEFORE DELETE ON signing_request BEGIN SELECT RAISE(ABORT, 'signing requests are never deleted'); END;
--> statement-breakpoint
-- A signature counts for the person whose key made it: nobody moves it, and nothing is signed that is void.
CREATE TRIGGER snapshot_signature_no_update BEFORE UPDATE ON snapshot_signature BEGIN SELECT RAISE(ABORT, 'signatures never change'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_signature_no_delete BEFORE DELETE ON snapshot_signature BEGIN SELECT RAISE(ABORT, 'signatures are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_signature_not_void BEFORE INSERT ON snapshot_signature WHEN (SELECT voided_at FROM signing_request WHERE sequence = NEW.sequence) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a void request takes no signatures'); END;
