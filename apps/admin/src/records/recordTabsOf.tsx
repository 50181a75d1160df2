import type { RecordResource, RecordView } from '../contract.ts';
import { AllFacts } from './AllFacts.tsx';
import { AuditTrail } from './AuditTrail.tsx';
import { EvidenceTab } from './EvidenceTab.tsx';
import type { Words } from './words.ts';
import { History } from './History.tsx';
import type { RecordTab } from './RecordTabs.tsx';

/** The tabs every record has: its facts, sources, revisions and audit trail. */
export function recordTabs(view: RecordView, resource: RecordResource, { t }: Words): RecordTab[] {
  const { doc, references, id, revision, type } = view;
  return [
    { key: 'facts', label: t('records.tab.facts'), content: <AllFacts doc={doc} references={references} /> },
    {
      key: 'evidence',
      label: t('records.tab.evidence', { smart_count: doc.evidence.length }),
      content: <EvidenceTab doc={doc} />,
    },
    {
      key: 'history',
      label: t('records.tab.history', { smart_count: revision }),
      content: <History resource={resource} id={id} revision={revision} doc={doc} references={references} />,
    },
    { key: 'audit', label: t('records.tab.audit'), content: <AuditTrail subject={`${type}:${id}`} /> },
  ];
}
