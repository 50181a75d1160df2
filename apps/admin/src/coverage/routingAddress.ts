import { RouteRequest, type RouteNeed } from '@waymark/domain';

/** What the preview looks at. */
export type On = { kind: 'directory' } | { kind: 'proposal'; id: string } | { kind: 'snapshot'; sequence: number };

/** One question and what it is asked of. */
export type Question = {
  request: RouteRequest;
  on: On;
  /** A moment, in UTC; without it now. */
  at: string | undefined;
  /** As if everything nobody found wrong had been verified: what is missing, apart from what is only unverified. */
  isVerified: boolean;
};

type Asked = Partial<Omit<RouteRequest, 'need' | 'country'>> & { need: RouteNeed; country: string | null };

/** Address of a question: it can be kept, sent and opened by somebody else. */
export function routingHref(asked: Partial<Asked>, rest: Partial<Omit<Question, 'request'>> = {}): string {
  const params = paramsOf(asked, rest);
  return params.size === 0 ? '/coverage/routing' : `/coverage/routing?${params}`;
}

export function paramsOf(
  asked: Partial<Asked>,
  { on, at, isVerified }: Partial<Omit<Question, 'request'>>,
): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
    // What a question says by itself need not be in its address.
    if (text !== '' && text !== USUAL[name]) params.set(name, text);
  }
  if (on?.kind === 'proposal') params.set('on', `proposal:${on.id}`);
  if (on?.kind === 'snapshot') params.set('on', `snapshot:${on.sequence}`);
  if (isVerified) params.set('verified', 'yes');
  if (at !== undefined) params.set('at', at);
  return params;
}

const USUAL: Readonly<Record<string, string>> = {
  danger: 'unknown',
  identifiable: 'false',
  anonymity: 'indifferent',
  reporter: 'public',
};

/** Reads a question from its address; what cannot be understood is left out, and a need is always there. */
export function questionFrom(params: URLSearchParams): Question {
  const said: Record<string, unknown> = { need: 'csam-online' };
  for (const [name, text] of params) {
    const value =
      name === 'languages' || name === 'usable'
        ? text.split(' ')
        : name === 'identifiable' || name === 'ongoing'
          ? text === 'true'
          : text;
    const known = name in RouteRequest.shape && RouteRequest.safeParse({ ...said, [name]: value }).success;
    if (known) said[name] = value;
  }
  const at = params.get('at') ?? undefined;
  return {
    request: RouteRequest.parse(said),
    on: onFrom(params.get('on') ?? ''),
    at: at !== undefined && !Number.isNaN(Date.parse(at)) ? at : undefined,
    isVerified: params.get('verified') === 'yes',
  };
}

function onFrom(text: string): On {
  const [kind, rest = ''] = text.split(':');
  if (kind === 'proposal' && rest !== '') return { kind, id: rest };
  if (kind === 'snapshot' && /^\d+$/.test(rest)) return { kind, sequence: Number(rest) };
  return { kind: 'directory' };
}
