CREATE TABLE `batch` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`author_id` text NOT NULL,
	`created_at` text NOT NULL,
	`request` text NOT NULL,
	`undoes` text,
	CONSTRAINT "batch_kind" CHECK("batch"."kind" in ('import','bulk','undo'))
);
--> statement-breakpoint
CREATE INDEX `batch_by_time` ON `batch` (`created_at`);--> statement-breakpoint
CREATE INDEX `batch_by_undone` ON `batch` (`undoes`) WHERE "batch"."undoes" is not null;--> statement-breakpoint
CREATE TABLE `batch_row` (
	`batch_id` text NOT NULL,
	`position` integer NOT NULL,
	`row` integer,
	`record_id` text,
	`proposal_id` text,
	`result` text NOT NULL,
	`refusal` text,
	`detail` text,
	PRIMARY KEY(`batch_id`, `position`),
	FOREIGN KEY (`batch_id`) REFERENCES `batch`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "batch_row_result" CHECK("batch_row"."result" in ('submitted','draft','unchanged','undecided','rejected','refused'))
);
--> statement-breakpoint
CREATE INDEX `batch_row_by_proposal` ON `batch_row` (`proposal_id`);--> statement-breakpoint
CREATE INDEX `batch_row_by_record` ON `batch_row` (`record_id`);--> statement-breakpoint
CREATE TABLE `import_file` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`content` blob,
	`reading` text NOT NULL,
	`profile_id` text,
	`mapping` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`author_id` text NOT NULL,
	`batch_id` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`closed_at` text,
	FOREIGN KEY (`profile_id`) REFERENCES `import_profile`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `batch`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_file_state" CHECK("import_file"."state" in ('open','committed','discarded'))
);
--> statement-breakpoint
CREATE INDEX `import_file_by_state` ON `import_file` (`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `import_file_by_profile` ON `import_file` (`profile_id`,`state`,`closed_at`);--> statement-breakpoint
CREATE TABLE `import_profile` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`mapping` text NOT NULL,
	`version` integer NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_profile_name_unique` ON `import_profile` (`name`);--> statement-breakpoint
CREATE TABLE `row_decision` (
	`fingerprint` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `distinct_pair` (
	`first_id` text NOT NULL,
	`second_id` text NOT NULL,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` text NOT NULL,
	PRIMARY KEY(`first_id`, `second_id`)
);
