CREATE TABLE `consumer` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`contact` text NOT NULL,
	`note` text,
	`webhook_url` text,
	`webhook_secret` text NOT NULL,
	`token_hash` text NOT NULL,
	`last_sequence` integer,
	`schema_version` text,
	`last_seen_at` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`removed_at` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consumer_by_token` ON `consumer` (`token_hash`);--> statement-breakpoint
CREATE INDEX `consumer_by_name` ON `consumer` (`removed_at`,`name`);--> statement-breakpoint
CREATE TABLE `webhook_delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`consumer_id` text NOT NULL,
	`event` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` text NOT NULL,
	`failure` text,
	`created_at` text NOT NULL,
	`done_at` text,
	FOREIGN KEY (`consumer_id`) REFERENCES `consumer`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "webhook_state" CHECK("webhook_delivery"."state" in ('waiting','delivered','dead'))
);
--> statement-breakpoint
CREATE INDEX `webhook_due` ON `webhook_delivery` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `webhook_by_consumer` ON `webhook_delivery` (`consumer_id`,`created_at`);