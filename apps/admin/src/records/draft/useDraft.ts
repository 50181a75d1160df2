import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { contentHash, type ProposalKind, type RecordType } from '@waymark/domain';
import { api } from '../../api.ts';
import type { ProposalView } from '../../contract.ts';
import { createDocumentStore, type DocumentStore } from '../form/documentStore.ts';
import type { RawDocument } from '../path.ts';
import { createDraftSaver, type DraftSaver, type DraftState } from './draftSaver.ts';

export type DraftStart = { kind: ProposalKind; recordType: RecordType; recordId?: string };

/** A document under edit and the draft that keeps it on the server. */
export function useDraft(
  start: DraftStart,
  initial: RawDocument,
  existing: ProposalView | undefined,
): { store: DocumentStore; saver: DraftSaver; draft: DraftState } {
  const queries = useQueryClient();
  // Made once for a page: what the server answers later goes into the store, it does not make a new one.
  const { store, saver } = useMemo(() => {
    const made = createDocumentStore(start.recordType, existing ? (existing.doc as RawDocument) : initial);
    const page = crypto.randomUUID();
    return {
      store: made,
      saver: createDraftSaver(
        made,
        {
          // The same content sent again after a lost answer must not become a second draft.
          create: (doc) =>
            api.post<ProposalView>(
              '/proposals',
              { ...start, doc },
              { idempotencyKey: `${page}-${contentHash(doc).slice(0, 24)}` },
            ),
          edit: (id, doc, version) => api.patch<ProposalView>(`/proposals/${id}`, { doc }, { ifMatch: version }),
          read: (id) => api.get<ProposalView>(`/proposals/${id}`),
        },
        existing,
      ),
    };
  }, []); // eslint-disable-line react-hooks/exhaustive-deps -- see above
  const draft = useSyncExternalStore(saver.subscribe, saver.state);

  useEffect(() => {
    const isOpen = () => ['waiting', 'saving', 'failed', 'conflict'].includes(saver.state().status);
    const guard = (event: BeforeUnloadEvent) => {
      if (isOpen()) {
        void saver.flush();
        event.preventDefault();
      }
    };
    const hide = () => {
      if (document.visibilityState === 'hidden') void saver.flush();
    };
    window.addEventListener('beforeunload', guard);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('beforeunload', guard);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [saver]);

  // React runs effects twice in development; what is disposed must come back to life.
  useEffect(() => saver.start(), [saver]);

  const savedVersion = draft.view?.version;
  useEffect(() => {
    // Lists and pages that show this draft read it again when they are opened next.
    if (savedVersion !== undefined) void queries.invalidateQueries({ queryKey: ['proposals'], refetchType: 'none' });
  }, [savedVersion, queries]);

  return { store, saver, draft };
}
