CREATE TABLE `delivery` (
	`destination` text NOT NULL,
	`sequence` integer NOT NULL,
	`url` text NOT NULL,
	`required` integer NOT NULL,
	`state` text NOT NULL,
	`timestamp_version` integer,
	`attempts` integer NOT NULL,
	`next_at` text NOT NULL,
	`failure` text,
	`detail` text,
	`uploaded_at` text,
	`seen_at` text,
	PRIMARY KEY(`destination`, `sequence`),
	FOREIGN KEY (`sequence`) REFERENCES `snapshot`(`sequence`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "delivery_state" CHECK("delivery"."state" in ('pending','uploaded','seen','failed','superseded'))
);
