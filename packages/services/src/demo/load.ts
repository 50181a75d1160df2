import { readFile } from 'node:fs/promises';
import type { Document, RecordType } from '@waymark/domain';
import { findRecord, openCreateOf, resolveRecord, type Context } from '@waymark/store';
import { commentProposal } from '../proposals/comment.ts';
import { draft } from '../proposals/create.ts';
import type { Receipt } from '../proposals/receipt.ts';
import { judge } from '../proposals/review.ts';
import { listProposals } from '../proposals/show.ts';
import { submit } from '../proposals/submit.ts';
import { createDemoPeople, type DemoPart } from './people.ts';
import { applyPatch, type DemoProposal } from './proposal.ts';

type StarterDirectory = {
  organisations: StarterOrganisation[];
  countries: { id: string }[];
  entries: { id: string }[];
};

type StarterOrganisation = { id: string; parent?: string };

export type DemoFiles = { starterDirectory: string; proposals: string };

/**
 * Fills a demo through the real verbs: people by two admins, every record imported by the curator as a proposal and approved
 * by two reviewers. Continues where an interrupted load stopped.
 * @param report told how far it is
 * @returns user id by part, and how many records were loaded now
 */
export async function loadDemoDirectory(
  ctx: Omit<Context, 'actorId'>,
  files: DemoFiles,
  report: (done: number, total: number) => void = () => undefined,
): Promise<{ people: Record<DemoPart, string>; loaded: number }> {
  const people = await createDemoPeople(ctx);
  const starter = JSON.parse(await readFile(files.starterDirectory, 'utf8')) as StarterDirectory; // Ours; tests parse every document.
  const rows: [RecordType, { id: string }][] = [
    ...parentsFirst(starter.organisations).map((doc): [RecordType, { id: string }] => ['organisation', doc]),
    ...starter.entries.map((doc): [RecordType, { id: string }] => ['entry', doc]),
    ...starter.countries.map((doc): [RecordType, { id: string }] => ['country', doc]),
  ];
  let loaded = 0;
  for (const [at, [recordType, doc]] of rows.entries()) {
    if (!(await findRecord(ctx.store.read, doc.id))) {
      await enter({ ...ctx, actorId: people.curator }, [people.reviewer, people.secondReviewer], recordType, doc);
      loaded += 1;
    }
    report(at + 1, rows.length);
  }
  return { people, loaded };
}

/** An organisation is approved after the one it belongs to. */
function parentsFirst(organisations: readonly StarterOrganisation[]): StarterOrganisation[] {
  const byId = new Map(organisations.map((o) => [o.id, o]));
  const ordered = new Set<StarterOrganisation>();
  const visit = (organisation: StarterOrganisation | undefined): void => {
    if (!organisation || ordered.has(organisation)) return;
    if (organisation.parent !== undefined) visit(byId.get(organisation.parent));
    ordered.add(organisation);
  };
  organisations.forEach(visit);
  return [...ordered];
}

async function enter(
  curator: Context,
  reviewers: readonly string[],
  recordType: RecordType,
  doc: { id: string },
): Promise<void> {
  const open = await openCreateOf(curator.store.read, doc.id);
  const drafted: Receipt =
    open ?? (await draft(curator, { kind: 'create', recordType, doc, summary: 'Starter directory', part: 'importer' }));
  let receipt = drafted.state === 'draft' ? await submit(curator, drafted.id) : drafted;
  for (const actorId of reviewers) {
    if (receipt.state !== 'in-review') return;
    receipt = await judge({ ...curator, actorId }, receipt.id, {
      decision: 'approve',
      contentHash: receipt.contentHash,
    });
  }
}

/** Leaves varied proposals open, so that a newcomer has something to review. Those that exist are left as they are. */
export async function openDemoProposals(
  ctx: Omit<Context, 'actorId'>,
  people: Record<DemoPart, string>,
  file: string,
): Promise<number> {
  const { proposals } = JSON.parse(await readFile(file, 'utf8')) as { proposals: DemoProposal[] };
  const curator = { ...ctx, actorId: people.curator };
  const existing = new Set(
    (
      await listProposals(
        curator,
        { mine: true, states: ['draft', 'in-review', 'changes-requested'] },
        { limit: 500, offset: 0 },
      )
    ).data.map((row) => row.summary),
  );
  let opened = 0;
  for (const proposal of proposals) {
    if (existing.has(proposal.summary)) continue;
    await open(curator, people, proposal);
    opened += 1;
  }
  return opened;
}

async function open(curator: Context, people: Record<DemoPart, string>, proposal: DemoProposal): Promise<void> {
  const { read } = curator.store;
  const { kind, recordType, summary, recordSlug, mergedSlug } = proposal;
  const record = recordSlug === undefined ? undefined : await resolveRecord(read, recordType, recordSlug);
  const merged = mergedSlug === undefined ? undefined : await resolveRecord(read, recordType, mergedSlug);
  const doc: Document | object | undefined = proposal.patch ? applyPatch(record?.doc, proposal.patch) : proposal.doc;
  const retirement = proposal.retirement && { successors: [], redirect: 'ask' as const, ...proposal.retirement };
  const receipt = await draft(curator, {
    kind,
    recordType,
    recordId: record?.id,
    mergedId: merged?.id,
    doc,
    retirement,
    summary,
  });
  const submitted = proposal.state === 'draft' ? receipt : await submit(curator, receipt.id);
  for (const { by, path, text } of proposal.comments ?? []) {
    await commentProposal({ ...curator, actorId: people[by] }, receipt.id, { text, path });
  }
  if (proposal.review) {
    const { by, decision, comment } = proposal.review;
    await judge({ ...curator, actorId: people[by] }, receipt.id, {
      decision,
      comment,
      contentHash: submitted.contentHash,
    });
  }
}
