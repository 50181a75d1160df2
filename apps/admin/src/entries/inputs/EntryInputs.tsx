import { useValue } from '../../records/form/DocumentForm.tsx';
import { EvidenceInputs } from '../../records/form/EvidenceInputs.tsx';
import { areaText } from '../../records/areaText.ts';
import { needName, useWords } from '../../records/words.ts';
import { listText } from '../../records/valueLines.ts';
import { RetirementInputs } from '../../records/form/RetirementInputs.tsx';
import { Section } from '../../records/form/Section.tsx';
import { AudienceInputs } from './AudienceInputs.tsx';
import { ChannelsInput } from './ChannelsInput.tsx';
import { ExpectationInputs } from './ExpectationInputs.tsx';
import { IdentityInputs } from './IdentityInputs.tsx';
import { InternalInputs } from './InternalInputs.tsx';
import { RelationInputs } from './RelationInputs.tsx';

/** Places of an entry by section; the create form shows the same sections below its first questions. */
export const PLACES = {
  identity: ['/names', '/otherNames', '/kind', '/organisation', '/summary'],
  audience: ['/serves', '/accepts', '/audience', '/ages'],
  channels: ['/channels'],
  expectations: [
    '/anonymity',
    '/confidentialityLimits',
    '/mustNot',
    '/howTo',
    '/whatToHave',
    '/afterReport',
    '/mandate',
    '/operational',
  ],
  evidence: ['/evidence'],
  relations: [
    '/memberships',
    '/analystsBy',
    '/programme',
    '/onBehalfOf',
    '/locatedIn',
    '/dataGoesTo',
    '/pairedWith',
    '/supersedes',
  ],
  internal: ['/slug', '/priority', '/publishTo', '/notesInternal', '/id'],
} as const;

/** The form of an entry in sections. Those that change most are open. */
export default function EntryInputs({ asNew = false }: { asNew?: boolean }) {
  const { t } = useWords();
  const retirement = useValue<object>('/retirement');
  return (
    <>
      {retirement !== undefined && (
        <Section id="retirement" title={t('fields.retirement')} pointers={['/retirement']} open>
          <RetirementInputs />
        </Section>
      )}
      <Section id="identity" title={t('entries.section.identity')} pointers={PLACES.identity} open={!asNew}>
        <IdentityInputs />
      </Section>
      <Section
        id="audience"
        title={t('entries.section.audience')}
        pointers={PLACES.audience}
        summary={<AudienceSummary />}
      >
        <AudienceInputs />
      </Section>
      <Section
        id="channels"
        title={t('entries.section.channels')}
        pointers={PLACES.channels}
        open={!asNew}
        summary={<ChannelsSummary />}
      >
        <ChannelsInput />
      </Section>
      <Section
        id="expectations"
        title={t('entries.section.expectations')}
        pointers={PLACES.expectations}
        summary={<AnonymitySummary />}
      >
        <ExpectationInputs />
      </Section>
      <Section
        id="evidence"
        title={t('entries.section.evidence')}
        pointers={PLACES.evidence}
        summary={<EvidenceSummary />}
      >
        <EvidenceInputs />
      </Section>
      <Section id="relations" title={t('entries.section.relations')} pointers={PLACES.relations}>
        <RelationInputs />
      </Section>
      <Section id="internal" title={t('entries.section.internal')} pointers={PLACES.internal} summary={<SlugSummary />}>
        <InternalInputs />
      </Section>
    </>
  );
}

function AudienceSummary() {
  const words = useWords();
  const { t, locale } = words;
  const serves = useValue<{ area?: string }[]>('/serves') ?? [];
  const accepts = useValue<Record<string, { answer?: string }>>('/accepts') ?? {};
  const needs = Object.entries(accepts).filter(([, { answer }]) => answer === 'yes' || answer === 'conditional');
  const parts = [
    ...serves.slice(0, 3).map(({ area }) => (area === undefined ? '' : areaText(area, words))),
    ...(serves.length > 3 ? [`+${serves.length - 3}`] : []),
    ...needs.slice(0, 3).map(([need]) => needName(need, t)),
    ...(needs.length > 3 ? [`+${needs.length - 3}`] : []),
  ].filter((part) => part !== '');
  return <>{listText(parts, locale)}</>;
}

function ChannelsSummary() {
  const { t, locale } = useWords();
  const channels = useValue<{ type?: string }[]>('/channels') ?? [];
  return (
    <>
      {listText(
        channels.map(({ type }) => (type === undefined ? '' : t(`vocabulary.channelType.${type}`))),
        locale,
      )}
    </>
  );
}

function AnonymitySummary() {
  const { t } = useWords();
  const level = useValue<string>('/anonymity/level');
  return <>{level === undefined ? '' : `${t('fields.anonymity')}: ${t(`vocabulary.anonymity.${level}`)}`}</>;
}

function EvidenceSummary() {
  const { t } = useWords();
  const count = useValue<unknown[]>('/evidence')?.length ?? 0;
  return <>{t('records.evidence.sources', { smart_count: count })}</>;
}

function SlugSummary() {
  return <code>{useValue<string>('/slug') ?? ''}</code>;
}
