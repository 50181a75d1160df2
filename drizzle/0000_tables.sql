CREATE TABLE `admin_request` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`payload` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	CONSTRAINT "admin_request_two_people" CHECK("admin_request"."state" <> 'confirmed' or ("admin_request"."decided_by" is not null and "admin_request"."decided_by" <> "admin_request"."requested_by"))
);
--> statement-breakpoint
CREATE INDEX `admin_request_by_state` ON `admin_request` (`state`,`requested_at`);--> statement-breakpoint
CREATE TABLE `audit_event` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`commitment` text NOT NULL,
	`leaf_hash` text NOT NULL,
	`salt` text,
	`payload` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_event_id_unique` ON `audit_event` (`id`);--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit_event` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit_event` (`actor`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_by_action` ON `audit_event` (`action`,`seq`);--> statement-breakpoint
CREATE TABLE `audit_node` (
	`level` integer NOT NULL,
	`position` integer NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`level`, `position`)
);
--> statement-breakpoint
CREATE TABLE `comment` (
	`id` text PRIMARY KEY NOT NULL,
	`proposal_id` text NOT NULL,
	`path` text,
	`text` text NOT NULL,
	`author_id` text NOT NULL,
	`at` text NOT NULL,
	`resolved_at` text,
	`resolved_by` text,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comment_by_proposal` ON `comment` (`proposal_id`);--> statement-breakpoint
CREATE TABLE `contributor` (
	`proposal_id` text NOT NULL,
	`user_id` text NOT NULL,
	`part` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`proposal_id`, `user_id`, `part`),
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `contributor_by_user` ON `contributor` (`user_id`);--> statement-breakpoint
CREATE TABLE `credential` (
	`user_id` text PRIMARY KEY NOT NULL,
	`password_hash` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `idempotency` (
	`user_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`result` text,
	`at` text NOT NULL,
	PRIMARY KEY(`user_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `instance` (
	`id` integer PRIMARY KEY NOT NULL,
	`profile` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lease` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `one_time_link` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`user_id` text,
	`expires_at` text NOT NULL,
	`used_at` text
);
--> statement-breakpoint
CREATE TABLE `policy` (
	`version` integer PRIMARY KEY NOT NULL,
	`doc` text NOT NULL,
	`since` text NOT NULL,
	`request_id` text
);
--> statement-breakpoint
CREATE TABLE `proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`record_type` text NOT NULL,
	`record_id` text NOT NULL,
	`record_name` text NOT NULL,
	`base_revision` integer NOT NULL,
	`merged_id` text,
	`merged_revision` integer,
	`state` text NOT NULL,
	`doc` text NOT NULL,
	`content_hash` text NOT NULL,
	`risk` text NOT NULL,
	`required_approvals` integer NOT NULL,
	`policy_version` integer NOT NULL,
	`summary` text DEFAULT '' NOT NULL,
	`conflicts` text NOT NULL,
	`author_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`submitted_at` text,
	`closed_at` text,
	CONSTRAINT "proposal_required" CHECK("proposal"."required_approvals" >= 1),
	CONSTRAINT "proposal_kind" CHECK("proposal"."kind" in ('create','update','retire','restore','merge','lift')),
	CONSTRAINT "proposal_state" CHECK("proposal"."state" in ('draft','in-review','changes-requested','applied','declined','withdrawn'))
);
--> statement-breakpoint
CREATE INDEX `proposal_by_state` ON `proposal` (`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `proposal_by_submission` ON `proposal` (`state`,`submitted_at`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `proposal_by_record` ON `proposal` (`record_id`,`state`);--> statement-breakpoint
CREATE INDEX `proposal_by_merged` ON `proposal` (`merged_id`) WHERE "proposal"."merged_id" is not null;--> statement-breakpoint
CREATE INDEX `proposal_by_author` ON `proposal` (`author_id`,`state`);--> statement-breakpoint
CREATE TABLE `record` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`slug` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`content_hash` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`organisation_id` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`listing` text NOT NULL,
	`doc` text NOT NULL,
	CONSTRAINT "record_type" CHECK("record"."type" in ('entry','organisation','country')),
	CONSTRAINT "record_state" CHECK("record"."state" in ('active','suspended','retired'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `record_id_unique` ON `record` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `record_slug` ON `record` (`type`,`slug`);--> statement-breakpoint
CREATE INDEX `record_by_name` ON `record` (`type`,`sort_name`,`seq`);--> statement-breakpoint
CREATE INDEX `record_by_update` ON `record` (`type`,`updated_at`,`seq`);--> statement-breakpoint
CREATE INDEX `record_by_kind_name` ON `record` (`type`,`kind`,`sort_name`,`seq`);--> statement-breakpoint
CREATE INDEX `record_by_kind_update` ON `record` (`type`,`kind`,`updated_at`,`seq`);--> statement-breakpoint
CREATE INDEX `record_by_organisation` ON `record` (`organisation_id`);--> statement-breakpoint
CREATE INDEX `record_sort_keys` ON `record` (`seq`,`type`,`kind`,`sort_name`,`updated_at`);--> statement-breakpoint
CREATE TABLE `record_facet` (
	`facet` text NOT NULL,
	`value` text NOT NULL,
	`type` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`type`, `facet`, `value`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `record_facet_by_record` ON `record_facet` (`seq`,`facet`,`value`);--> statement-breakpoint
CREATE TABLE `review` (
	`id` text PRIMARY KEY NOT NULL,
	`proposal_id` text NOT NULL,
	`reviewer_id` text NOT NULL,
	`decision` text NOT NULL,
	`content_hash` text NOT NULL,
	`comment` text,
	`at` text NOT NULL,
	`voided_at` text,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "review_decision" CHECK("review"."decision" in ('approve','request-changes','decline'))
);
--> statement-breakpoint
CREATE INDEX `review_by_proposal` ON `review` (`proposal_id`,`reviewer_id`);--> statement-breakpoint
CREATE INDEX `review_by_reviewer` ON `review` (`reviewer_id`);--> statement-breakpoint
CREATE TABLE `revision` (
	`record_id` text NOT NULL,
	`revision` integer NOT NULL,
	`type` text NOT NULL,
	`state` text NOT NULL,
	`content_hash` text NOT NULL,
	`doc` text NOT NULL,
	`proposal_id` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`record_id`, `revision`),
	FOREIGN KEY (`proposal_id`) REFERENCES `proposal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `revision_by_proposal` ON `revision` (`proposal_id`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_by_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_attempt` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`window_start` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `slug_history` (
	`type` text NOT NULL,
	`slug` text NOT NULL,
	`record_id` text NOT NULL,
	PRIMARY KEY(`type`, `slug`)
);
--> statement-breakpoint
CREATE TABLE `snapshot` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`audit_size` integer NOT NULL,
	`audit_root` text NOT NULL,
	`content_digest` text NOT NULL,
	`manifest` text NOT NULL,
	`difference` text NOT NULL,
	`gate` text,
	`prepared_by` text NOT NULL,
	`prepared_at` text NOT NULL,
	`confirmed_by` text,
	`confirmed_reason` text,
	`published_by` text,
	`published_at` text,
	`targets_version` integer,
	CONSTRAINT "snapshot_two_people" CHECK("snapshot"."confirmed_by" is null or "snapshot"."confirmed_by" <> "snapshot"."prepared_by")
);
--> statement-breakpoint
CREATE TABLE `suspension` (
	`id` text PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	`confirm_by` text NOT NULL,
	`confirmed_by` text,
	`confirmed_at` text,
	`lifted_at` text,
	CONSTRAINT "suspension_two_people" CHECK("suspension"."confirmed_by" is null or "suspension"."confirmed_by" <> "suspension"."by")
);
--> statement-breakpoint
CREATE INDEX `suspension_by_record` ON `suspension` (`record_id`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`status` text NOT NULL,
	`created_at` text NOT NULL,
	CONSTRAINT "user_status" CHECK("user"."status" in ('invited','active','disabled'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email` ON `user` (`email`);--> statement-breakpoint
CREATE TABLE `user_role` (
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`granted_at` text NOT NULL,
	PRIMARY KEY(`user_id`, `role`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
