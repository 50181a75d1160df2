CREATE TABLE `record_link` (
	`target` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`target`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `record_link_by_record` ON `record_link` (`seq`);