import type { Comment } from '@waymark/domain';
import type { ProposalView } from '../contract.ts';

/**
 * Comments that stand at a change: those on its path, and those on a place inside it that is no change of its own
 * (a remark on the hours of a channel that is new as a whole).
 */
export function commentsAt(
  view: Pick<ProposalView, 'comments'>,
  changes: readonly { path: string }[],
  path: string,
): Comment[] {
  return view.comments.filter((comment) => comment.path !== null && placeOf(comment.path, changes) === path);
}

/** Comments on the whole, and on places that are no change any more. */
export function otherComments(view: Pick<ProposalView, 'comments'>, changes: readonly { path: string }[]): Comment[] {
  return view.comments.filter((comment) => comment.path === null || placeOf(comment.path, changes) === undefined);
}

function placeOf(path: string, changes: readonly { path: string }[]): string | undefined {
  return changes
    .map((change) => change.path)
    .filter((place) => path === place || path.startsWith(`${place}/`))
    .sort((a, b) => b.length - a.length)[0];
}
