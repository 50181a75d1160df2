import { describe, expect, it } from 'vitest';
import {
  AnonymityLevel,
  Answer,
  Audience,
  ChannelType,
  ContributorPart,
  Cost,
  CoverageStatus,
  EvidenceKind,
  FIELDS,
  Kind,
  MustNot,
  Need,
  OperationalStatus,
  OrganisationType,
  ProposalKind,
  ProposalState,
  RecordState,
  RecordType,
  RetireReason,
  Sensitivity,
  ServesBasis,
  Strength,
} from '@waymark/domain';
import { patternKey } from '../records/fieldLabel.ts';
import english from './en/index.ts';

describe('words of the content', () => {
  it('name every reviewable field', () => {
    const names = Object.keys(FIELDS).map(patternKey);
    expect(names.filter((name) => !(name in english.fields))).toEqual([]);
  });

  it.each([
    ['kind', Kind],
    ['need', Need],
    ['answer', Answer],
    ['audience', Audience],
    ['anonymity', AnonymityLevel],
    ['anonymityLong', AnonymityLevel],
    ['mustNot', MustNot],
    ['servesBasis', ServesBasis],
    ['strength', Strength],
    ['operationalStatus', OperationalStatus],
    ['retireReason', RetireReason],
    ['evidenceKind', EvidenceKind],
    ['sensitivity', Sensitivity],
    ['organisationType', OrganisationType],
    ['cost', Cost],
    ['channelType', ChannelType],
    ['coverageStatus', CoverageStatus],
    ['proposalKind', ProposalKind],
    ['proposalState', ProposalState],
    ['recordState', RecordState],
    ['recordType', RecordType],
    ['part', ContributorPart],
  ] as const)('say every code of %s', (list, schema) => {
    const known: Record<string, string> = english.vocabulary[list];
    expect(schema.options.filter((code) => known[code] === undefined)).toEqual([]);
  });
});
