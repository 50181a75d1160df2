import { describe, expect, it } from 'vitest';
import { route } from '../route.ts';
import type { RouteRequest } from '../routeRequest.ts';
import type { Route, RouteNote, StepCaveat } from './answer.ts';
import { ask, DIRECTORY, NOW } from './testing.ts';

/** What a case says of a route. What it leaves out must be empty. */
type Worked = {
  id: string;
  says: string;
  request: Partial<RouteRequest> & Pick<RouteRequest, 'need'>;
  at?: string;
  steps: string[];
  caveats?: Record<string, StepCaveat[]>;
  notes: RouteNote[];
  support?: string[];
  supportFirst?: true;
  withheld?: string[];
};

const ADVICE = ['if-danger-call-local-emergency', 'do-not-save-or-share', 'report-even-if-unsure'] as const;
const IN_DANGER = ['do-not-save-or-share', 'report-even-if-unsure'] as const;
const NOT_IMAGES = ['if-danger-call-local-emergency', 'report-even-if-unsure'] as const;
const NO_REPORT = ['if-danger-call-local-emergency'] as const;

// DOMAIN §4.4, in its order.
const CASES: Worked[] = [
  {
    id: 'R01',
    says: 'US, image on a social platform, nothing urgent: platform, then the national clearinghouse, then the federal tip line; no global portal',
    request: { need: 'csam-online', country: 'US', platform: 'ex-social' },
    steps: ['platform:ex-social', 'us-cybertipline', 'us-hsi-know2protect'],
    notes: [...ADVICE],
  },
  {
    id: 'R02',
    says: 'US, same, a child is in danger now: 911 first, law enforcement, clearinghouse, platform last',
    request: { need: 'csam-online', country: 'US', platform: 'ex-social', danger: 'yes' },
    steps: ['us-911', 'us-hsi-know2protect', 'us-cybertipline', 'platform:ex-social'],
    notes: [...IN_DANGER],
  },
  {
    id: 'R03',
    says: 'US, website, victim identifiable but no immediate danger: law enforcement before the clearinghouse, no 911',
    request: { need: 'csam-online', country: 'US', identifiable: true },
    steps: ['us-hsi-know2protect', 'us-cybertipline'],
    notes: [...ADVICE],
  },
  {
    id: 'R04',
    says: 'GB, website, anonymity preferred: the national hotline is anonymous and its analysts are those of the portal: one step, no duplicate',
    request: { need: 'csam-online', country: 'GB', anonymity: 'preferred' },
    steps: ['gb-iwf'],
    notes: [...ADVICE],
  },
  {
    id: 'R05',
    says: 'DE, website, indifferent: three national hotlines in a fixed order, police online after them',
    request: { need: 'csam-online', country: 'DE' },
    steps: ['de-eco', 'de-fsm', 'de-jugendschutz', 'de-police-online'],
    notes: [...ADVICE],
  },
  {
    id: 'R06',
    says: 'DE, website, anonymity preferred: the portal is added as the anonymous way out, the police form comes after it with its caveat',
    request: { need: 'csam-online', country: 'DE', anonymity: 'preferred' },
    steps: ['de-eco', 'de-fsm', 'de-jugendschutz', 'portal-icmec-iwf', 'de-police-online'],
    caveats: { 'de-police-online': ['identity-needed'] },
    notes: [...ADVICE],
  },
  {
    id: 'R07',
    says: 'DE, website, anonymity required: police drops out; FSM stays, being anonymous for this need only',
    request: { need: 'csam-online', country: 'DE', anonymity: 'required' },
    steps: ['de-eco', 'de-fsm', 'de-jugendschutz', 'portal-icmec-iwf'],
    notes: [...ADVICE],
  },
  {
    id: 'R08',
    says: 'DE, grooming, anonymity required: FSM is not offered (anonymity holds for imagery only); what stays is what does not ask who you are',
    request: { need: 'grooming', country: 'DE', anonymity: 'required' },
    steps: ['generic:police', 'de-jugendschutz'],
    notes: [...NOT_IMAGES],
    support: ['de-116111'],
    // 12:00 in Berlin; the line opens at 14:00.
    caveats: { 'de-116111': ['closed-now'] },
  },
  {
    id: 'R09',
    says: 'SN, website: the national portal answers, the global one is not shown',
    request: { need: 'csam-online', country: 'SN' },
    steps: ['sn-iwf-portal'],
    notes: [...ADVICE],
  },
  {
    id: 'R10',
    says: 'Country with no national option (researched): the ICMEC–IWF portal',
    request: { need: 'csam-online', country: 'QM' },
    steps: ['portal-icmec-iwf'],
    notes: ['coverage:none-known', ...ADVICE],
  },
  {
    id: 'R11',
    says: 'Country nobody has researched: same step, different note',
    request: { need: 'csam-online', country: 'QS' },
    steps: ['portal-icmec-iwf'],
    notes: ['coverage:not-researched', ...ADVICE],
  },
  {
    id: 'R12',
    says: 'Country unknown: the portal, and ask for the country',
    request: { need: 'csam-online' },
    steps: ['portal-icmec-iwf'],
    notes: ['country-unknown', ...ADVICE],
  },
  {
    id: 'R13',
    says: 'Country unknown, danger: words without a number, never another country’s number',
    request: { need: 'csam-online', danger: 'yes' },
    steps: ['generic:emergency', 'portal-icmec-iwf'],
    notes: ['country-unknown', ...IN_DANGER],
  },
  {
    id: 'R14',
    says: 'No national option, grooming: the portal takes imagery only, so police and the clearinghouse that takes reports from anywhere; a helpline finder as support',
    request: { need: 'grooming', country: 'QM' },
    steps: ['generic:police', 'us-cybertipline'],
    notes: ['coverage:not-researched', ...NOT_IMAGES],
    support: ['chi-finder'],
  },
  {
    id: 'R15',
    says: 'National hotline wants a name, anonymity preferred: portal first, national second with the caveat',
    request: { need: 'csam-online', country: 'QN', anonymity: 'preferred' },
    steps: ['portal-icmec-iwf', 'qn-hotline'],
    caveats: { 'qn-hotline': ['identity-needed'] },
    notes: [...ADVICE],
  },
  {
    id: 'R16',
    says: 'Same, anonymity required: portal alone',
    request: { need: 'csam-online', country: 'QN', anonymity: 'required' },
    steps: ['portal-icmec-iwf'],
    notes: [...ADVICE],
  },
  {
    id: 'R17',
    says: 'Same, indifferent: national alone',
    request: { need: 'csam-online', country: 'QN' },
    steps: ['qn-hotline'],
    notes: [...ADVICE],
  },
  {
    id: 'R18',
    says: 'National hotline past its expiry: withheld, portal instead, reason recorded',
    request: { need: 'csam-online', country: 'QO' },
    steps: ['portal-icmec-iwf'],
    notes: [...ADVICE],
    withheld: ['qo-hotline:expired'],
  },
  {
    id: 'R19',
    says: 'National hotline suspended as unsafe (domain taken over): never shown, portal instead',
    request: { need: 'csam-online', country: 'QR' },
    steps: ['portal-icmec-iwf'],
    notes: [...ADVICE],
    withheld: ['qr-hotline:unsafe'],
  },
  {
    id: 'R20',
    says: 'GB, a child wants an own image removed, on a platform: removal services first, helpline as first support',
    request: { need: 'own-image-removal', country: 'GB', platform: 'ex-social', reporter: 'child' },
    steps: ['gb-report-remove', 'takeitdown', 'platform:ex-social'],
    notes: [...NO_REPORT],
    support: ['gb-childline'],
    supportFirst: true,
  },
  {
    id: 'R21',
    says: 'DE, child wants to talk, Sunday 03:00 in Berlin: the line is closed and says so; it is still shown',
    request: { need: 'child-help', country: 'DE', reporter: 'child' },
    at: '2026-06-07T01:00:00.000Z',
    steps: ['de-116111'],
    caveats: { 'de-116111': ['closed-now'] },
    notes: [...NO_REPORT],
  },
  {
    id: 'R22',
    says: 'Same on Saturday 15:00 Berlin (summer time): open',
    request: { need: 'child-help', country: 'DE', reporter: 'child' },
    at: '2026-06-06T13:00:00.000Z',
    steps: ['de-116111'],
    notes: [...NO_REPORT],
  },
  {
    id: 'R23',
    says: 'Child in France with a German SIM page open: 116 111 of Germany is not dialable there, so not offered; the finder is',
    request: { need: 'child-help', country: 'FR', reporter: 'child' },
    steps: ['chi-finder'],
    notes: ['coverage:not-researched', ...NO_REPORT],
  },
  {
    id: 'R24',
    says: 'A pair (two language communities) stays together though priority would put another between them',
    request: { need: 'child-help', country: 'QP', reporter: 'child' },
    steps: ['qp-help-a', 'qp-help-b', 'qp-help-z'],
    notes: [...NO_REPORT],
  },
];

const ids = (steps: Route['steps']) => steps.map(({ id }) => id);

describe('the worked cases of DOMAIN §4.4', () => {
  it('are all here', () => {
    expect(CASES.map(({ id }) => id)).toEqual(
      Array.from({ length: 24 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`),
    );
  });

  it.each(CASES)('$id $says', ({ request, at = NOW, ...expected }) => {
    const found = route(ask(request), DIRECTORY, at);
    const caveats = [...found.steps, ...found.support]
      .filter((step) => step.caveats.length > 0)
      .map((step) => [step.id, step.caveats]);
    expect({
      steps: ids(found.steps),
      caveats: Object.fromEntries(caveats),
      notes: found.notes,
      support: ids(found.support),
      supportFirst: found.supportFirst,
      withheld: found.withheld.map(({ id, reason }) => `${id}:${reason}`),
    }).toEqual({
      steps: expected.steps,
      caveats: expected.caveats ?? {},
      notes: expected.notes,
      support: expected.support ?? [],
      supportFirst: expected.supportFirst ?? false,
      withheld: expected.withheld ?? [],
    });
  });

  it('R14: the clearinghouse is reached by its form, not by a number that only works in its country', () => {
    const { steps } = route(ask({ need: 'grooming', country: 'QM' }), DIRECTORY, NOW);
    expect(steps[1]).toMatchObject({ id: 'us-cybertipline', channels: ['c1'] });
  });

  it('R13 and R14: words carry no number, and name the country of the police', () => {
    const [emergency] = route(ask({ need: 'csam-online', danger: 'yes' }), DIRECTORY, NOW).steps;
    expect(emergency).toEqual({
      id: 'generic:emergency',
      tier: 'E',
      channels: [],
      why: ['danger-now', 'number-unknown'],
      caveats: [],
    });
    const [police] = route(ask({ need: 'grooming', country: 'QM' }), DIRECTORY, NOW).steps;
    expect(police).toMatchObject({ id: 'generic:police', channels: [], country: 'QM' });
  });
});
