import type { Permission } from '@waymark/domain';
import type { ActionName } from './contract.ts';

/** What can be done to many entries, in the order of the menu, and who may. The server asks for the same. */
export const ACTIONS: readonly { name: ActionName; needs: Permission }[] = [
  { name: 'set', needs: 'proposal.write' },
  { name: 'set-on-channels', needs: 'proposal.write' },
  { name: 'add-language', needs: 'proposal.write' },
  { name: 'add-network', needs: 'proposal.write' },
  { name: 'assign', needs: 'work.assign' },
  { name: 'verify', needs: 'verification.write' },
  { name: 'submit', needs: 'proposal.write' },
  { name: 'retire', needs: 'proposal.write' },
];

/** Whether it makes a batch of proposals, which has a title and may name a source. */
export const isProposal = (name: ActionName): boolean => name !== 'assign' && name !== 'verify' && name !== 'submit';
