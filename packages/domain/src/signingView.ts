import { z } from 'zod';
import { ContentHash, Instant } from './identity.ts';
import { PublicationWindow } from './publicationWindow.ts';
import type { Refusal } from './refusal.ts';

/** How far the signatures of a snapshot are; what the person who asks may do, the API adds. */
export const SigningProgress = z.object({
  sequence: z.int(),
  state: z.enum(['server-signs', 'open', 'complete', 'void', 'closed']).meta({
    description:
      'server-signs: a demo; open: signatures are missing; complete: enough have signed; void: prepare again; closed: published, or thrown away',
  }),
  request: z
    .object({
      version: z.int(),
      digest: ContentHash,
      words: z.array(z.string()).meta({ description: 'Six words, to compare by voice' }),
      createdAt: Instant,
      expires: z.string().meta({ description: 'Of the signatures, whenever they are given' }),
      daysLeft: z.int(),
    })
    .nullable(),
  voidBecause: z.string().nullable().meta({ description: 'For a person' }),
  threshold: z.int(),
  signed: z.array(
    z.object({
      keyid: ContentHash,
      owner: z.string().nullable(),
      at: Instant,
      uploadedBy: z.string(),
      uploadedByName: z.string(),
    }),
  ),
  missing: z.array(z.object({ keyid: ContentHash, owner: z.string().nullable() })),
  window: z
    .object({ ...PublicationWindow.shape, opensAt: Instant, closesAt: Instant, isOpen: z.boolean() })
    .meta({ description: 'When snapshots usually go out: the window that is open, or else the next' }),
});

/** Who has signed a snapshot, who is missing, and what the person who asks may do about it. */
export type SigningView = z.infer<typeof SigningProgress> & {
  can: Record<'addSignature' | 'publish', Refusal | null>;
};
