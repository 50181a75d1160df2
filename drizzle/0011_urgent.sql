CREATE TABLE `urgent_request` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`digest` text NOT NULL,
	`request` text NOT NULL,
	`withdrawals` text NOT NULL,
	`created_at` text NOT NULL,
	`state` text NOT NULL,
	`ended_at` text,
	CONSTRAINT "urgent_request_state" CHECK("urgent_request"."state" in ('open','published','void'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `urgent_request_digest_unique` ON `urgent_request` (`digest`);--> statement-breakpoint
CREATE UNIQUE INDEX `urgent_request_open` ON `urgent_request` (`state`) WHERE "urgent_request"."state" = 'open';--> statement-breakpoint
CREATE TABLE `urgent_signature` (
	`sequence` integer NOT NULL,
	`keyid` text NOT NULL,
	`signature` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`sequence`, `keyid`),
	FOREIGN KEY (`sequence`) REFERENCES `urgent_request`(`sequence`) ON UPDATE no action ON DELETE no action
);
