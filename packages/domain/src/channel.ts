import { z } from 'zod';
import { Country } from './country.ts';
import { CalendarDate, LocalId } from './identity.ts';
import { LanguageTag } from './language.ts';
import { localText } from './localText.ts';
import { plainText } from './text.ts';
import { EmailAddress, OnionUrl, WebUrl } from './url.ts';
import { PhoneNumber } from './phoneValue.ts';
import { Hours } from './hours.ts';
import {
  AnonymityLevel,
  Audience,
  Cost,
  LanguageMode,
  Need,
  Requirement,
  RetireReason,
  YesNoUnknown,
  type ChannelType,
} from './vocabulary.ts';

export { channelAddress } from './channelAddress.ts';

/** A language a channel is offered in; interpreters are told apart from staff (DOMAIN §3.4). */
export const OfferedLanguage = z
  .strictObject({
    tag: LanguageTag,
    mode: LanguageMode.optional(),
    via: z.enum(['staff', 'interpreter']).optional(),
    note: plainText({ max: 200 }).optional(),
  })
  .meta({ id: 'OfferedLanguage' });
export type OfferedLanguage = z.infer<typeof OfferedLanguage>;

/** From where a channel can be reached. For a short or national number `dialableFrom` is what makes it usable. */
export const Reach = z
  .strictObject({
    dialableFrom: z.array(Country).max(260).optional(),
    worldwide: z.boolean().optional(),
    fromAbroad: YesNoUnknown.optional(),
    alternativeFromAbroad: LocalId.optional(),
    roaming: YesNoUnknown.optional(),
  })
  .meta({ id: 'Reach' });

export const Accessibility = z
  .strictObject({
    easyRead: z.boolean().optional(),
    screenReaderTested: z.boolean().optional(),
    realTimeText: z.boolean().optional(),
    note: plainText({ max: 300 }).optional(),
  })
  .meta({ id: 'Accessibility' });

const common = {
  id: LocalId,
  label: localText(80).optional(),
  anonymity: AnonymityLevel.optional(),
  anonymityFor: z.partialRecord(Need, AnonymityLevel).optional(),
  audience: z.array(Audience).max(9).optional(),
  needs: z.array(Need).max(19).optional(),
  languages: z.array(OfferedLanguage).max(100).optional(),
  hours: Hours.optional(),
  cost: z.strictObject({ level: Cost, note: plainText({ max: 200 }).optional() }).optional(),
  reach: Reach.optional(),
  requires: z.array(Requirement).max(10).optional(),
  accessibility: Accessibility.optional(),
  traces: z
    .strictObject({ phoneBill: YesNoUnknown.optional(), note: plainText({ max: 200 }).optional() })
    .optional()
    .meta({ description: 'Whether the contact leaves a trace others may find' }),
  retired: z
    .strictObject({
      at: CalendarDate,
      reason: RetireReason,
      successorChannel: LocalId.optional(),
      overlapUntil: CalendarDate.optional(),
    })
    .optional(),
};

const href = z.strictObject({ href: WebUrl });
const phoneLine = z.strictObject({ number: PhoneNumber, ivrHint: localText(120).optional() });
const place = z.strictObject({
  lines: z
    .array(plainText({ max: 120 }))
    .min(1)
    .max(6),
  city: plainText({ max: 80 }),
  region: plainText({ max: 80 }).optional(),
  postalCode: plainText({ max: 20 }).optional(),
  country: Country,
  access: plainText({ max: 300 }).optional(),
});

const variant = <T extends ChannelType, V extends z.ZodType>(type: T, value: V) =>
  z.strictObject({ type: z.literal(type), ...common, value });

const shapes = [
  variant('url', z.strictObject({ href: WebUrl, localeVariants: z.record(LanguageTag, WebUrl).optional() })),
  variant('phone', phoneLine),
  variant('sms', z.strictObject({ number: PhoneNumber, keyword: localText(40).optional() })),
  variant('textphone', z.strictObject({ number: PhoneNumber, prefix: plainText({ max: 20 }).optional() })),
  variant('relay', z.strictObject({ number: PhoneNumber, prefix: plainText({ max: 20 }).optional() })),
  variant('video-relay', href),
  variant('chat', href),
  variant(
    'messaging',
    z.strictObject({
      service: z.enum(['whatsapp', 'signal', 'telegram', 'viber', 'line', 'kakao', 'messenger', 'other']),
      handle: plainText({ max: 80 }),
      href: WebUrl.optional(),
    }),
  ),
  variant(
    'email',
    z.strictObject({
      address: EmailAddress,
      pgpFingerprint: z
        .string()
        .regex(/^[0-9A-F]{40}$/)
        .optional(),
    }),
  ),
  variant(
    'app',
    z.strictObject({
      platform: z.enum(['android', 'ios', 'windows', 'other']),
      storeId: plainText({ max: 120 }),
      publisher: plainText({ max: 120 }),
      href: WebUrl,
    }),
  ),
  variant(
    'in-app',
    z.strictObject({ platform: plainText({ max: 80 }), path: localText(300).optional(), helpUrl: WebUrl.optional() }),
  ),
  variant('postal', place),
  variant('in-person', place),
  variant('onion', z.strictObject({ href: OnionUrl, announcedAt: WebUrl.optional() })),
] as const;

/** One way into an entry (DOMAIN §3.4). Its id is stable within the entry; its value can change. */
export const Channel = z
  .discriminatedUnion('type', shapes)
  .superRefine((channel, ctx) => {
    if (
      channel.type === 'phone' ||
      channel.type === 'sms' ||
      channel.type === 'textphone' ||
      channel.type === 'relay'
    ) {
      const { number } = channel.value;
      if (number.kind !== 'e164' && !channel.reach?.dialableFrom?.length && !channel.retired) {
        ctx.addIssue({
          code: 'custom',
          path: ['reach', 'dialableFrom'],
          message: 'A short or national number needs the countries it can be dialled from',
        });
      }
    }
    const asksIdentity = channel.requires?.some((r) => r === 'national-id' || r.startsWith('otp:'));
    if (
      asksIdentity &&
      (channel.anonymity === 'anonymous' || Object.values(channel.anonymityFor ?? {}).includes('anonymous'))
    ) {
      ctx.addIssue({
        code: 'custom',
        path: ['anonymity'],
        message:
          'A channel that asks for an ID or a one-time password cannot be anonymous: choose another level or drop the requirement',
      });
    }
  })
  .meta({ id: 'Channel', description: 'One way into an entry' });
export type Channel = z.infer<typeof Channel>;
