-- Rules of DESIGN §4 kept by the database too, so that a forgotten check in code cannot let something through.

-- The log and the history are append-only.
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER audit_event_leaf_fixed BEFORE UPDATE OF seq, id, at, actor, action, subject, commitment, leaf_hash ON audit_event BEGIN SELECT RAISE(ABORT, 'audit leaves never change'); END;
--> statement-breakpoint
CREATE TRIGGER audit_event_payload_only_erased BEFORE UPDATE OF payload, salt ON audit_event WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL BEGIN SELECT RAISE(ABORT, 'audit payloads are only erased'); END;
--> statement-breakpoint
CREATE TRIGGER audit_node_no_update BEFORE UPDATE ON audit_node BEGIN SELECT RAISE(ABORT, 'audit nodes never change'); END;
--> statement-breakpoint
CREATE TRIGGER audit_node_no_delete BEFORE DELETE ON audit_node BEGIN SELECT RAISE(ABORT, 'audit nodes are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'revisions never change'); END;
--> statement-breakpoint
CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER record_no_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'records are retired, never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER slug_history_no_change BEFORE UPDATE ON slug_history BEGIN SELECT RAISE(ABORT, 'slugs are never reused'); END;
--> statement-breakpoint
CREATE TRIGGER slug_history_no_delete BEFORE DELETE ON slug_history BEGIN SELECT RAISE(ABORT, 'slugs are never reused'); END;
--> statement-breakpoint
CREATE TRIGGER contributor_no_update BEFORE UPDATE ON contributor BEGIN SELECT RAISE(ABORT, 'contributors never change'); END;
--> statement-breakpoint
CREATE TRIGGER contributor_no_delete BEFORE DELETE ON contributor BEGIN SELECT RAISE(ABORT, 'contributors are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER review_only_voided BEFORE UPDATE OF id, proposal_id, reviewer_id, decision, content_hash, comment, at ON review BEGIN SELECT RAISE(ABORT, 'reviews never change'); END;
--> statement-breakpoint
CREATE TRIGGER review_never_unvoided BEFORE UPDATE OF voided_at ON review WHEN OLD.voided_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a voided review stays void'); END;
--> statement-breakpoint
CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'reviews are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER comment_text_fixed BEFORE UPDATE OF id, proposal_id, path, text, author_id, at ON comment BEGIN SELECT RAISE(ABORT, 'comments never change'); END;
--> statement-breakpoint
CREATE TRIGGER comment_no_delete BEFORE DELETE ON comment BEGIN SELECT RAISE(ABORT, 'comments are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER policy_no_update BEFORE UPDATE ON policy BEGIN SELECT RAISE(ABORT, 'policy versions never change'); END;
--> statement-breakpoint
CREATE TRIGGER policy_no_delete BEFORE DELETE ON policy BEGIN SELECT RAISE(ABORT, 'policy versions are never deleted'); END;
--> statement-breakpoint

-- Four eyes: an approver never contributed, in whichever order the two happen.
CREATE TRIGGER review_not_by_contributor BEFORE INSERT ON review
WHEN EXISTS (SELECT 1 FROM contributor c WHERE c.proposal_id = NEW.proposal_id AND c.user_id = NEW.reviewer_id)
BEGIN SELECT RAISE(ABORT, 'own-contribution'); END;
--> statement-breakpoint
CREATE TRIGGER contributor_has_no_standing_approval BEFORE INSERT ON contributor
WHEN EXISTS (SELECT 1 FROM review r WHERE r.proposal_id = NEW.proposal_id AND r.reviewer_id = NEW.user_id AND r.decision = 'approve' AND r.voided_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'own-contribution'); END;
--> statement-breakpoint
-- An approval binds the content that stands now; an edit leaves no standing approval.
CREATE TRIGGER review_binds_content BEFORE INSERT ON review
WHEN NEW.decision = 'approve' AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.id = NEW.proposal_id AND p.content_hash = NEW.content_hash AND p.state = 'in-review')
BEGIN SELECT RAISE(ABORT, 'stale-content'); END;
--> statement-breakpoint
CREATE TRIGGER proposal_edit_voids BEFORE UPDATE OF content_hash ON proposal
WHEN NEW.content_hash IS NOT OLD.content_hash AND EXISTS (SELECT 1 FROM review r WHERE r.proposal_id = OLD.id AND r.decision = 'approve' AND r.voided_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'an edit must void the approvals first'); END;
--> statement-breakpoint
CREATE TRIGGER proposal_closed_stays BEFORE UPDATE ON proposal WHEN OLD.state IN ('applied','declined','withdrawn')
BEGIN SELECT RAISE(ABORT, 'a closed proposal never changes'); END;
--> statement-breakpoint
CREATE TRIGGER proposal_no_delete BEFORE DELETE ON proposal BEGIN SELECT RAISE(ABORT, 'proposals are never deleted'); END;
--> statement-breakpoint
-- Nothing enters the directory unapproved: a revision needs its proposal in review with enough standing approvals of this content …
CREATE TRIGGER revision_is_approved BEFORE INSERT ON revision
WHEN (SELECT count(DISTINCT r.reviewer_id) FROM review r JOIN proposal p ON p.id = r.proposal_id
      WHERE p.id = NEW.proposal_id AND p.state = 'in-review' AND r.decision = 'approve' AND r.voided_at IS NULL AND r.content_hash = p.content_hash)
   < (SELECT coalesce(max(p.required_approvals), 1) FROM proposal p WHERE p.id = NEW.proposal_id)
BEGIN SELECT RAISE(ABORT, 'not-approved'); END;
--> statement-breakpoint
-- … and a record shows exactly its newest revision.
CREATE TRIGGER record_insert_is_revision BEFORE INSERT ON record
WHEN NEW.revision <> 1 OR NOT EXISTS (SELECT 1 FROM revision v WHERE v.record_id = NEW.id AND v.revision = NEW.revision AND v.content_hash = NEW.content_hash AND v.doc = NEW.doc AND v.state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'not-approved'); END;
--> statement-breakpoint
CREATE TRIGGER record_update_is_revision BEFORE UPDATE OF id, type, revision, content_hash, doc, slug ON record
WHEN NEW.id IS NOT OLD.id OR NEW.type IS NOT OLD.type OR NEW.revision <> OLD.revision + 1
  OR NOT EXISTS (SELECT 1 FROM revision v WHERE v.record_id = NEW.id AND v.revision = NEW.revision AND v.content_hash = NEW.content_hash AND v.doc = NEW.doc AND v.state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'not-approved'); END;
--> statement-breakpoint
-- Without a new revision a record can only go out of sight (DESIGN §4.6: the emergency path can only remove).
CREATE TRIGGER record_state_only_suspends BEFORE UPDATE OF state ON record
WHEN NEW.state IS NOT OLD.state AND NEW.revision = OLD.revision AND NOT (OLD.state = 'active' AND NEW.state = 'suspended')
BEGIN SELECT RAISE(ABORT, 'not-approved'); END;
--> statement-breakpoint
-- A person who asked never confirms.
CREATE TRIGGER admin_request_decided_once BEFORE UPDATE ON admin_request WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'a decided request never changes'); END;
--> statement-breakpoint
CREATE TRIGGER admin_request_fixed BEFORE UPDATE OF id, kind, subject, payload, requested_by, requested_at ON admin_request
BEGIN SELECT RAISE(ABORT, 'a request never changes'); END;
--> statement-breakpoint

-- Full text: words of names, organisations and hosts in any script without diacritics …
CREATE VIRTUAL TABLE record_words USING fts5(words, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
--> statement-breakpoint
-- … and any part of a host or a row of digits.
CREATE VIRTUAL TABLE record_addresses USING fts5(addresses, content='', contentless_delete=1, tokenize='trigram');
