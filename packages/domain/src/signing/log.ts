import { hexToBytes } from '@noble/hashes/utils.js';
import { auditLeafHash, commitmentTo } from '../auditEvent.ts';
import { verifyConsistency, verifyInclusion } from '../merkle.ts';
import type { ApprovalsHead, ProvenEvent } from './approvals.ts';
import type { Findings } from './refusal.ts';

export type LogHead = { size: number; root: string };

/**
 * Whether the log only grew since every head this machine knows: the snapshot it compares with, and those it signed that
 * never went out.
 */
export function checkGrowth(approvals: ApprovalsHead, known: readonly LogHead[], findings: Findings): void {
  const { head, grown } = approvals;
  for (const { size, root } of known) {
    if (size > head.size) {
      findings.refuse('log-back', `It had ${size} events, now ${head.size}`);
      continue;
    }
    const proof = grown.find((growth) => growth.size === size && growth.root === root)?.proof;
    if (size === 0 || (size === head.size && root === head.root)) continue;
    if (!proof || !verifyConsistency(size, head.size, hexToBytes(root), hexToBytes(head.root), proof.map(hexToBytes)))
      findings.refuse(
        'log-rewritten',
        `Nothing proves that the first ${size} of ${head.size} events are the same as before`,
      );
  }
}

/**
 * Whether an event is in the log and says what it committed to.
 * @param where for the person: which event of what
 * @returns its payload; null when its words were not given; undefined when it was refused
 */
export function openEvent(event: ProvenEvent, head: LogHead, where: string, findings: Findings): unknown {
  const { leaf, said, proof } = event;
  const isIn = verifyInclusion(auditLeafHash(leaf), leaf.seq, head.size, proof.map(hexToBytes), hexToBytes(head.root));
  if (!isIn) {
    findings.refuse('event-not-in-log', `${where}: event ${leaf.seq} (${leaf.action})`);
    return undefined;
  }
  if (!said) return null;
  if (commitmentTo(said.salt, said.payload) === leaf.commitment) return said.payload ?? null;
  findings.refuse('commitment-wrong', `${where}: event ${leaf.seq} (${leaf.action})`);
  return undefined;
}
