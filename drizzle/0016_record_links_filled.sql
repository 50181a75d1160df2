-- What `putRecord` notes from now on, for what stands already.
INSERT INTO record_link (target, seq)
SELECT j.value, r.seq FROM record r, json_each(r.doc, '$.pairedWith') j WHERE r.type = 'entry' AND r.state <> 'retired'
UNION SELECT j.value, r.seq FROM record r, json_each(r.doc, '$.supersedes') j WHERE r.type = 'entry' AND r.state <> 'retired'
UNION SELECT j.value, r.seq FROM record r, json_each(r.doc, '$.onBehalfOf') j WHERE r.type = 'entry' AND r.state <> 'retired'
UNION SELECT json_extract(r.doc, '$.analystsBy'), r.seq FROM record r WHERE r.type = 'entry' AND r.state <> 'retired' AND json_extract(r.doc, '$.analystsBy') IS NOT NULL
UNION SELECT json_extract(r.doc, '$.parent'), r.seq FROM record r WHERE r.type = 'organisation' AND r.state <> 'retired' AND json_extract(r.doc, '$.parent') IS NOT NULL
UNION SELECT json_extract(r.doc, '$.successor'), r.seq FROM record r WHERE r.type = 'organisation' AND r.state <> 'retired' AND json_extract(r.doc, '$.successor') IS NOT NULL
UNION SELECT j.value, r.seq FROM record r, json_each(r.doc, '$.emergency') j WHERE r.type = 'country' AND r.state <> 'retired';
