import { read, send } from '../page.ts';
import type { OwnEntry } from './facts.ts';

export type OwnPage = { organisation: string; until: string; entries: OwnEntry[] };
export type Receipt = { confirmed: number; corrected: number };

/** The token goes in a header: addresses stand in logs, histories and referrers. */
const linkOf = (token: string) => ({ 'X-Waymark-Link': token });

/** What the link shows. @throws Refused */
export const readPage = (token: string): Promise<OwnPage> => read('/owners', linkOf(token));

/** Sends the answer; the link is used up then. @throws Refused */
export const sendAnswer = (token: string, answer: unknown): Promise<Receipt> => send('/owners', answer, linkOf(token));
