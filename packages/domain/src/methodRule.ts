import { liveChannels } from './gateFacts.ts';
import type { Entry } from './entry.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Method } from './verification.ts';
import type { ChannelType } from './vocabulary.ts';

/** Ways in that a method tries out. */
const TRIED: Partial<Record<Method, readonly ChannelType[]>> = {
  'test-call': ['phone', 'textphone', 'relay', 'video-relay'],
  'test-message': ['sms', 'messaging', 'chat', 'email'],
  'form-reachability': ['url', 'chat', 'video-relay', 'app', 'onion'],
};

const REGISTERED = ['/memberships', '/mandate'];

/**
 * Whether facts of an entry may be looked at this way (DOMAIN §3.6): emergency numbers are never called, child helplines only
 * by arrangement, a method only where it shows something.
 * @param testsArranged whether test calls and messages were agreed with the organisation
 * @returns why not, naming each path at fault
 */
export function methodRefusal({
  entry,
  paths,
  method,
  testsArranged,
}: {
  entry: Pick<Entry, 'kind' | 'channels'>;
  paths: readonly string[];
  method: Method;
  testsArranged: boolean;
}): Refusal | undefined {
  const isTest = method === 'test-call' || method === 'test-message';
  if (isTest && entry.kind === 'emergency') {
    return refuse('method-not-allowed-here', 'Emergency numbers are never called or written to for a test');
  }
  if (isTest && entry.kind === 'child-helpline' && !testsArranged) {
    return refuse('arrangement-needed', 'Agree on test calls and messages with the organisation, or check another way');
  }
  const wrong = paths.filter((path) => !isFit(entry, path, method));
  if (wrong.length === 0) return undefined;
  const errors = wrong.map((path) => ({ path, message: FITS[method] ?? '' }));
  return refuse('method-not-allowed-here', FITS[method], errors);
}

const FITS: Partial<Record<Method, string>> = {
  'official-register-check': 'A register shows memberships, mandates and emergency numbers',
  'test-call': 'A test call says something about a telephone line alone',
  'test-message': 'A test message says something about SMS, messengers, chat and e-mail alone',
  'form-reachability': 'Only a page, chat or app can be opened',
};

function isFit(entry: Pick<Entry, 'kind' | 'channels'>, path: string, method: Method): boolean {
  if (method === 'official-register-check') {
    return entry.kind === 'emergency' || REGISTERED.some((fact) => path === fact || path.startsWith(`${fact}/`));
  }
  const types = TRIED[method];
  if (!types) return true;
  const [, list, id] = path.split('/');
  const channel = list === 'channels' ? liveChannels(entry).find((c) => c.id === id) : undefined;
  return channel !== undefined && types.includes(channel.type);
}
