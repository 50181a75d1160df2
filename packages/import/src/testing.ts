import fc from 'fast-check';

/** What texts of curators hold, and what could be taken for the notation. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...';=\\\n:,[]. ab0'), minLength: 1, maxLength: 12 }),
  )
  .filter((t) => t.trim() === t && t !== '');
const translations = fc.dictionary(
  fc.constantFrom('de', 'en', 'zh-Hant', 'ar'),
  fc.record({ text }, { requiredKeys: ['text'] }),
  { minKeys: 1 },
);
const country = fc.constantFrom('DE', 'AT', 'FR', 'US-CA', '001', 'group:EU');
const number = fc.oneof(
  fc.record({ kind: fc.constant('e164'), digits: fc.constantFrom('4930123456', '33112345678') }),
  fc.record({
    kind: fc.constantFrom('short', 'national'),
    digits: fc.constantFrom('116111', '0800111'),
    country: fc.constantFrom('DE', 'FR'),
  }),
  fc.record({
    kind: fc.constant('e164'),
    digits: fc.constant('18335915669'),
    country: fc.constant('US'),
    extension: fc.constant('007'),
    source: text,
  }),
);
const hours = fc.constantFrom<unknown>(
  { kind: 'always' },
  { kind: 'unknown', sourceText: 'as printed; = odd' },
  { kind: 'weekly', tz: 'Europe/Berlin', weekly: [{ days: ['mo', 'tu'], from: '09:00', to: '17:00' }] },
  {
    kind: 'weekly',
    tz: 'UTC',
    weekly: [{ days: ['fr'], from: '18:00', to: '02:00' }],
    holidays: 'reduced',
    exceptions: [{ from: '2026-12-24', to: '2026-12-26', closed: true }],
  },
);
const more = {
  label: translations,
  hours,
  languages: fc.array(
    fc.record(
      { tag: fc.constantFrom('de', 'sr-Latn'), via: fc.constantFrom('staff', 'interpreter') },
      { requiredKeys: ['tag'] },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  cost: fc.record({ level: fc.constantFrom('free', 'standard'), note: text }, { requiredKeys: ['level'] }),
  reach: fc.record({ dialableFrom: fc.constant(['DE', 'AT']), worldwide: fc.boolean() }, { requiredKeys: [] }),
  needs: fc.constant(['csam-url', 'grooming']),
};
const way = fc.oneof(
  fc.record({ type: fc.constantFrom('phone', 'sms', 'relay'), value: fc.record({ number }) }),
  fc.record({ type: fc.constantFrom('url', 'chat'), value: fc.constant({ href: 'https://a.example.org/x?y=1;z=2' }) }),
  fc.record({ type: fc.constant('email'), value: fc.constant({ address: 'a@example.org' }) }),
  fc.record({ type: fc.constant('messaging'), value: fc.record({ service: fc.constant('signal'), handle: text }) }),
  fc.record({ type: fc.constant('in-app'), value: fc.record({ platform: text, path: translations }) }),
  fc.record({
    type: fc.constant('postal'),
    value: fc.record({ lines: fc.array(text, { minLength: 1, maxLength: 3 }), city: text, country: fc.constant('DE') }),
  }),
);
const channel = fc
  .tuple(way, fc.record(more, { requiredKeys: [] }), fc.nat(99))
  .map(([base, rest, at]) => ({ id: `c-${at}`, ...base, ...rest }));
/**
 * Members of an entry as people may fill them, every kind of channel among them. Laid on a real entry they make one that never was;
 * not all of those are valid.
 */
export const entryMembers = fc.record({
  names: translations,
  summary: translations,
  otherNames: fc.array(text, { maxLength: 2 }).map((names) => names.map((name, at) => ({ id: `o-${at}`, name }))),
  serves: fc.array(
    fc.record({
      area: country,
      basis: fc.constant('any'),
      strength: fc.constantFrom('primary', 'accepts'),
      needs: fc.constant(['grooming']),
    }),
    { maxLength: 3 },
  ),
  accepts: fc.dictionary(
    fc.constantFrom('csam-url', 'grooming'),
    fc.record({ answer: fc.constantFrom('yes', 'no'), note: text }),
  ),
  audience: fc.constantFrom([], ['public'], ['child', 'parent']),
  ages: fc.record({ min: fc.nat(9), max: fc.nat(99) }, { requiredKeys: [] }),
  anonymity: fc.record({ level: fc.constant('anonymous'), conditions: translations }),
  channels: fc.array(channel, { maxLength: 11 }),
  operational: fc.record({ status: fc.constant('operating'), notice: translations }),
  notesInternal: text,
});
