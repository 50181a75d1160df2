CREATE TABLE `signing_request` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`digest` text NOT NULL,
	`request` text NOT NULL,
	`created_at` text NOT NULL,
	`voided_at` text,
	`voided_because` text,
	FOREIGN KEY (`sequence`) REFERENCES `snapshot`(`sequence`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signing_request_digest_unique` ON `signing_request` (`digest`);--> statement-breakpoint
CREATE TABLE `snapshot_signature` (
	`sequence` integer NOT NULL,
	`keyid` text NOT NULL,
	`signature` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`sequence`, `keyid`),
	FOREIGN KEY (`sequence`) REFERENCES `signing_request`(`sequence`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `window_reminder` (
	`opens_at` text PRIMARY KEY NOT NULL,
	`sent_at` text NOT NULL
);
