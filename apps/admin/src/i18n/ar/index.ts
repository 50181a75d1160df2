import alarms from './alarms.ts';
import audit from './audit.ts';
import batches from './batches.ts';
import bulk from './bulk.ts';
import checks from './checks.ts';
import common from './common.ts';
import consumers from './consumers.ts';
import corrections from './corrections.ts';
import countries from './countries.ts';
import coverage from './coverage.ts';
import dashboard from './dashboard.ts';
import due from './due.ts';
import duplicates from './duplicates.ts';
import entries from './entries.ts';
import fields from './fields.ts';
import imports from './imports.ts';
import organisations from './organisations.ts';
import outreach from './outreach.ts';
import proposals from './proposals.ts';
import queue from './queue.ts';
import ra from './ra.ts';
import records from './records.ts';
import refusals from './refusals.ts';
import session from './session.ts';
import settings from './settings.ts';
import shell from './shell.ts';
import signing from './signing.ts';
import snapshots from './snapshots.ts';
import users from './users.ts';
import vocabulary from './vocabulary.ts';

export default {
  alarms,
  audit,
  batches,
  bulk,
  checks,
  common,
  consumers,
  corrections,
  countries,
  coverage,
  dashboard,
  due,
  duplicates,
  entries,
  fields,
  imports,
  organisations,
  outreach,
  proposals,
  queue,
  ra,
  records,
  refusals,
  session,
  settings,
  shell,
  signing,
  snapshots,
  users,
  vocabulary,
};
