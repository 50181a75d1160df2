-- What was asked for, and what became of it, stays as it was written.
CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch BEGIN SELECT RAISE(ABORT, 'a batch never changes'); END;
--> statement-breakpoint
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'batches are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER batch_row_no_update BEFORE UPDATE ON batch_row BEGIN SELECT RAISE(ABORT, 'the rows of a batch never change'); END;
--> statement-breakpoint
CREATE TRIGGER batch_row_no_delete BEFORE DELETE ON batch_row BEGIN SELECT RAISE(ABORT, 'the rows of a batch are never deleted'); END;
--> statement-breakpoint
-- A file is committed or discarded once, and stays the file that it was.
CREATE TRIGGER import_file_fixed BEFORE UPDATE OF id, name, size, sha256, author_id, created_at ON import_file BEGIN SELECT RAISE(ABORT, 'an imported file never changes'); END;
--> statement-breakpoint
CREATE TRIGGER import_file_end_stays BEFORE UPDATE OF state, mapping, reading, batch_id ON import_file WHEN OLD.state <> 'open' BEGIN SELECT RAISE(ABORT, 'an import ends once'); END;
--> statement-breakpoint
-- Bytes may be forgotten, never replaced.
CREATE TRIGGER import_file_content BEFORE UPDATE OF content ON import_file WHEN NEW.content IS NOT NULL AND NEW.content IS NOT OLD.content BEGIN SELECT RAISE(ABORT, 'the bytes of an imported file never change'); END;
--> statement-breakpoint
CREATE TRIGGER import_file_no_delete BEFORE DELETE ON import_file BEGIN SELECT RAISE(ABORT, 'imports are never deleted'); END;
