CREATE TABLE `alarm` (
	`id` text PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`path` text NOT NULL,
	`kind` text NOT NULL,
	`unsafe` integer NOT NULL,
	`detail` text NOT NULL,
	`raised_at` text NOT NULL,
	`raised_by` text NOT NULL,
	`closed_at` text,
	`closed_by` text,
	`close_note` text
);
--> statement-breakpoint
CREATE INDEX `alarm_by_record` ON `alarm` (`record_id`,`closed_at`);--> statement-breakpoint
CREATE INDEX `alarm_open` ON `alarm` (`closed_at`,`unsafe`,`raised_at`);--> statement-breakpoint
CREATE TABLE `correction` (
	`id` text PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`path` text,
	`what` text NOT NULL,
	`value` text,
	`note` text,
	`contact` text,
	`fingerprint` text NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`received_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`proposal_id` text,
	`purge_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `correction_by_state` ON `correction` (`state`,`received_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `correction_fingerprint` ON `correction` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `correction_purge` ON `correction` (`purge_at`);--> statement-breakpoint
CREATE TABLE `courtesy` (
	`organisation_id` text PRIMARY KEY NOT NULL,
	`agreed_way` text,
	`agreed_hours` text,
	`tests_arranged` integer NOT NULL,
	`min_days_between` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `day_figure` (
	`day` text NOT NULL,
	`name` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`day`, `name`)
);
--> statement-breakpoint
CREATE TABLE `mail` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`recipient` text,
	`subject` text,
	`body` text,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` text NOT NULL,
	`created_at` text NOT NULL,
	`done_at` text,
	`failure` text
);
--> statement-breakpoint
CREATE INDEX `mail_waiting` ON `mail` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `notice_choice` (
	`user_id` text PRIMARY KEY NOT NULL,
	`weekly` integer NOT NULL,
	`countries` text NOT NULL,
	`kinds` text NOT NULL,
	`languages` text NOT NULL,
	`last_sent_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `option_count` (
	`area` text NOT NULL,
	`need` text NOT NULL,
	`entries` integer NOT NULL,
	PRIMARY KEY(`area`, `need`)
);
--> statement-breakpoint
CREATE TABLE `outreach` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`way` text NOT NULL,
	`template` text,
	`language` text,
	`contact_id` text,
	`attempt` integer NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	`next_at` text,
	`link_hash` text,
	`outcome` text NOT NULL,
	`answered_at` text
);
--> statement-breakpoint
CREATE INDEX `outreach_by_organisation` ON `outreach` (`organisation_id`,`at`);--> statement-breakpoint
CREATE INDEX `outreach_due` ON `outreach` (`outcome`,`next_at`);--> statement-breakpoint
CREATE TABLE `owner_link` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text
);
--> statement-breakpoint
CREATE INDEX `owner_link_by_organisation` ON `owner_link` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`revision` integer NOT NULL,
	`paths` text NOT NULL,
	`method` text NOT NULL,
	`outcome` text NOT NULL,
	`observed` text,
	`performed_at` text NOT NULL,
	`user_id` text,
	`organisation_id` text,
	`attempt` integer NOT NULL,
	`evidence` text NOT NULL,
	`note` text,
	`supersedes` text,
	`proposal_id` text,
	`under_sole_option` integer NOT NULL,
	`recorded_at` text NOT NULL,
	CONSTRAINT "verification_witness" CHECK(("verification"."user_id" is null) <> ("verification"."organisation_id" is null)),
	CONSTRAINT "verification_outcome" CHECK("verification"."outcome" in ('confirmed','confirmed-changed','not-reached','contradicted','gone'))
);
--> statement-breakpoint
CREATE INDEX `verification_by_record` ON `verification` (`record_id`,`performed_at`);--> statement-breakpoint
CREATE INDEX `verification_by_user` ON `verification` (`user_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `verification_state` (
	`record_id` text PRIMARY KEY NOT NULL,
	`risk_class` text NOT NULL,
	`is_sole_option` integer NOT NULL,
	`contradicted` integer NOT NULL,
	`high_until` text,
	`medium_until` text,
	`low_until` text,
	`last_confirmed_at` text,
	`remind_at` text NOT NULL,
	`due_at` text NOT NULL,
	`expires_at` text,
	`open_alarms` integer NOT NULL,
	`unsafe` integer NOT NULL,
	`standing` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verification_state_by_due` ON `verification_state` (`due_at`);--> statement-breakpoint
CREATE INDEX `verification_state_by_expiry` ON `verification_state` (`expires_at`);--> statement-breakpoint
CREATE TABLE `watch` (
	`record_id` text NOT NULL,
	`path` text NOT NULL,
	`url` text NOT NULL,
	`host` text NOT NULL,
	`next_at` text NOT NULL,
	`last_at` text,
	`last_outcome` text,
	`failing_since` text,
	`failures` integer DEFAULT 0 NOT NULL,
	`fingerprint` text,
	`final_url` text,
	PRIMARY KEY(`record_id`, `path`)
);
--> statement-breakpoint
CREATE INDEX `watch_due` ON `watch` (`next_at`,`host`);--> statement-breakpoint
CREATE TABLE `work` (
	`record_id` text PRIMARY KEY NOT NULL,
	`assignee_id` text,
	`planned_for` text,
	`claimed_by` text,
	`claimed_until` text,
	`snoozed_until` text,
	`snooze_reason` text,
	`next_attempt` integer DEFAULT 1 NOT NULL,
	`next_attempt_at` text
);
--> statement-breakpoint
CREATE INDEX `work_by_assignee` ON `work` (`assignee_id`,`planned_for`);