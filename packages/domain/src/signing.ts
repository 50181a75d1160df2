export * from './signing/approvals.ts';
export * from './signing/bundle.ts';
export type { Rebuilt } from './signing/forms.ts';
export { measuring, linesIn, pureHash, type NewHash, type SnapshotFiles } from './signing/files.ts';
export { inTurn } from './signing/inTurn.ts';
export * from './signing/memory.ts';
export { isOtherThanVerification, type Contact } from './signing/people.ts';
export {
  NO_CONFIRMATIONS,
  SIGNING_REFUSALS,
  type Confirmable,
  type Confirmations,
  type SigningRefusal,
  type SigningRefusalCode,
} from './signing/refusal.ts';
export { reviewUrgent, type UrgentMemory, type UrgentReview } from './signing/reviewUrgent.ts';
export { memoryOf, reviewSnapshot, type ReviewInput, type SnapshotReview } from './signing/review.ts';
export { daysUntil } from './signing/payload.ts';
export { idsToProve, NO_TOMBSTONES, readTombstones, type Tombstones } from './signing/tombstones.ts';
