-- Payloads go only when an event of the log names them, and only those about the person it is about.
DROP TRIGGER audit_event_payload_only_erased;
--> statement-breakpoint
CREATE TRIGGER audit_event_payload_only_erased BEFORE UPDATE OF payload, salt ON audit_event
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM audit_event e, json_each(e.payload, '$.erased') x
  WHERE e.action = 'user.erase' AND e.subject = OLD.subject AND json_extract(x.value, '$.seq') = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'audit payloads are only erased'); END;
--> statement-breakpoint
-- Who was erased stays erased, and shut out.
CREATE TRIGGER user_erased_stays BEFORE UPDATE ON user WHEN OLD.erased_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an erased person never changes'); END;
--> statement-breakpoint
CREATE TRIGGER user_erased_is_disabled BEFORE UPDATE OF erased_at ON user
WHEN NEW.erased_at IS NOT NULL AND (OLD.status <> 'disabled' OR NEW.status <> 'disabled')
BEGIN SELECT RAISE(ABORT, 'only a disabled person is erased'); END;
--> statement-breakpoint
-- Requests still never change, but for name and address of somebody who was erased: these become the pseudonym.
DROP TRIGGER admin_request_decided_once;
--> statement-breakpoint
CREATE TRIGGER admin_request_decided_once BEFORE UPDATE OF state, decided_by, decided_at ON admin_request WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'a decided request never changes'); END;
--> statement-breakpoint
DROP TRIGGER admin_request_fixed;
--> statement-breakpoint
CREATE TRIGGER admin_request_fixed BEFORE UPDATE OF id, kind, subject, requested_by, requested_at ON admin_request
BEGIN SELECT RAISE(ABORT, 'a request never changes'); END;
--> statement-breakpoint
CREATE TRIGGER admin_request_payload_only_erased BEFORE UPDATE OF payload ON admin_request
WHEN json_remove(NEW.payload, '$.name', '$.email') IS NOT json_remove(OLD.payload, '$.name', '$.email') OR NOT EXISTS (
  SELECT 1 FROM user u WHERE u.id = OLD.subject AND u.erased_at IS NOT NULL
  AND u.name = json_extract(NEW.payload, '$.name') AND u.email = json_extract(NEW.payload, '$.email'))
BEGIN SELECT RAISE(ABORT, 'a request never changes'); END;
