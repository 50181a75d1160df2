-- What was seen of an entry that was merged counts for the one that stays from now on: the next start works it out (`ensureStanding`).
DELETE FROM verification_state WHERE record_id IN (SELECT record_id FROM proposal WHERE kind = 'merge' AND state = 'applied');
