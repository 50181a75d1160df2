import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChannelType, COUNTRIES, Reporter, RouteNeed, RouteRequest } from '@waymark/domain';
import { paramsOf, questionFrom, routingHref, type On } from './routingAddress.ts';

const country = fc.constantFrom(...COUNTRIES);
const request = fc
  .record(
    {
      need: fc.constantFrom(...RouteNeed.options),
      country: fc.option(country, { nil: null }),
      residence: country,
      incidentCountry: country,
      platform: fc.string({ minLength: 1, maxLength: 80 }),
      danger: fc.constantFrom('yes', 'no', 'unknown'),
      identifiable: fc.boolean(),
      ongoing: fc.boolean(),
      anonymity: fc.constantFrom('indifferent', 'preferred', 'required'),
      reporter: fc.constantFrom(...Reporter.options),
      languages: fc.uniqueArray(fc.constantFrom('de', 'en', 'pt-BR', 'zh-Hant'), { maxLength: 4 }),
      usable: fc.uniqueArray(fc.constantFrom(...ChannelType.options), { minLength: 1 }),
    },
    { requiredKeys: ['need'] },
  )
  .map((said) => RouteRequest.parse(said));
const on: fc.Arbitrary<On> = fc.oneof(
  fc.constant<On>({ kind: 'directory' }),
  fc.uuid().map((id): On => ({ kind: 'proposal', id })),
  fc.integer({ min: 1, max: 1e6 }).map((sequence): On => ({ kind: 'snapshot', sequence })),
);

describe('the address of a question', () => {
  it('says all of it, whatever is asked', () => {
    fc.assert(
      fc.property(request, on, fc.boolean(), (asked, of, isVerified) => {
        const question = { request: asked, on: of, at: '2026-06-05T10:00:00Z', isVerified };
        const address = paramsOf(asked, question).toString();
        expect(questionFrom(new URLSearchParams(address))).toEqual(question);
      }),
    );
  });

  it('leaves out what goes without saying', () => {
    expect(routingHref({ country: 'DE', need: 'grooming', reporter: 'public', danger: 'unknown' })).toBe(
      '/coverage/routing?country=DE&need=grooming',
    );
  });

  it('is read as far as it can be understood', () => {
    const read = questionFrom(
      new URLSearchParams('country=UK&need=nonsense&danger=yes&on=snapshot:x&at=tomorrow&unknown=1'),
    );
    expect(read).toEqual({
      request: RouteRequest.parse({ need: 'csam-online', danger: 'yes' }),
      on: { kind: 'directory' },
      at: undefined,
      isVerified: false,
    });
  });
});
