import {
  createRefusal,
  differencesToUnite,
  recordStateRefusal,
  referencesOf,
  refuse,
  unite,
  type Change,
  type DirectoryRecord,
  type Effect,
  type Entry,
  type RecordState,
  type Refusal,
  type Unitable,
  type UnitableType,
} from '@waymark/domain';
import { pairKey, type DuplicateReason } from '@waymark/import';
import {
  findActor,
  findDistinctPair,
  findRecord,
  openAlarmsOf,
  openProposalsOf,
  recordReferences,
  type Context,
  type Reader,
} from '@waymark/store';
import { linksThatFollow, type Links } from '../proposals/linksThatFollow.ts';
import { effectsOfMerge, type Reference } from '../proposals/show.ts';
import { typeOfPair } from './dismiss.ts';
import { lastFound } from './find.ts';
import { toDismissal, type Dismissal } from './list.ts';

type Side = { id: string; slug: string; state: RecordState; revision: number; doc: Unitable[UnitableType] };

export type DuplicatePair = {
  type: UnitableType;
  /** The record that would stay, and the one that would go into it. */
  stays: Side;
  goes: Side;
  /** What the queue said of the two when somebody looked at it last; null when it did not hold them. */
  likely: { score: number; reasons: DuplicateReason[] } | null;
  dismissed: Dismissal | null;
  /** What differs, field by field: `before` is what stays, `after` what goes. */
  changes: Change[];
  /** The two as one where nobody chose anything else, and whom that changes something for. */
  united: Unitable[UnitableType];
  effects: Effect[];
  links: Links;
  references: Record<string, Reference>;
  /** An open proposal that merges the two already. */
  proposalId: string | null;
  /** null = allowed, otherwise why not. */
  can: Record<'merge' | 'dismiss' | 'reopen', Refusal | null>;
};

/**
 * Two records side by side, and what they would be as one. Which of the two stays is for the asking person to say.
 * @throws Problem not-found, input-invalid
 */
export async function showDuplicate(ctx: Context, staysId: string, goesId: string): Promise<DuplicatePair> {
  const { read } = ctx.store;
  const type = await typeOfPair(read, staysId, goesId);
  // Both were just looked at.
  const [stays, goes] = [(await findRecord(read, staysId))!, (await findRecord(read, goesId))!];
  // The type says which documents they are.
  const [a, b] = [stays.doc, goes.doc] as [Unitable[UnitableType], Unitable[UnitableType]];
  const united = unite(type, a, b);
  const likely = lastFound(ctx)?.[type].pairs.find(
    (pair) => pairKey(pair.firstId, pair.secondId) === pairKey(staysId, goesId),
  );
  const dismissal = await findDistinctPair(read, staysId, goesId);
  const open = (await openProposalsOf(read, goesId)).find(
    ({ kind, recordId, mergedId }) =>
      kind === 'merge' && [recordId, mergedId].every((id) => id === staysId || id === goesId),
  );
  const named = [a, b].flatMap((doc) => referencesOf(type, doc).map(({ id }) => id));
  return {
    type,
    stays: sideOf(stays),
    goes: sideOf(goes),
    likely: likely ? { score: likely.score, reasons: likely.reasons } : null,
    dismissed: dismissal ? toDismissal(dismissal) : null,
    changes: differencesToUnite(type, a, b),
    united,
    effects: type === 'entry' ? await effectsOfMerge(read, stays, goes, united as Entry) : [],
    links: await linksThatFollow(read, goesId, staysId),
    references: await recordReferences(read, named),
    proposalId: open?.id ?? null,
    can: await permissionsOf(ctx, stays, goes, dismissal !== undefined),
  };
}

function sideOf({ id, slug, state, revision, doc }: DirectoryRecord): Side {
  return { id, slug, state, revision, doc: doc as Side['doc'] }; // As above.
}

async function permissionsOf(
  { store, actorId }: Context,
  stays: DirectoryRecord,
  goes: DirectoryRecord,
  isDismissed: boolean,
): Promise<DuplicatePair['can']> {
  const actor = await findActor(store.read, actorId);
  const who = actor ?? { id: '', name: '', roles: [], status: 'disabled' as const };
  const write = createRefusal(who) ?? null;
  const merge =
    recordStateRefusal('merge', stays.state) ??
    recordStateRefusal('merge', goes.state) ??
    (await refusalOfUnsafe(store.read, goes.id));
  return {
    merge: write ?? merge ?? null,
    dismiss: write,
    reopen: write ?? (isDismissed ? null : refuse('not-found')),
  };
}

async function refusalOfUnsafe(read: Reader, goesId: string): Promise<Refusal | undefined> {
  return (await openAlarmsOf(read, goesId)).some(({ unsafe }) => unsafe) ? refuse('unsafe-alarm-open') : undefined;
}
