import { useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { ErrorState } from '../common/ErrorState.tsx';
import { checkHref, filterFrom, searchOf } from '../due/dueFilter.ts';
import { useDueRows } from '../due/useDue.ts';
import { PageSkeleton } from '../records/Skeletons.tsx';
import { useRecord } from '../records/useRecord.ts';
import { useWords } from '../records/words.ts';
import { useMe } from '../session/current.ts';
import { Check } from './Check.tsx';
import { neighboursOf } from './neighbours.ts';
import { useStanding } from './useCheck.ts';

/** The check of one entry in its place in the queue: when it is done, the next opens by itself. */
export function CheckPage() {
  const { id = '' } = useParams();
  const { t } = useWords();
  const [params] = useSearchParams();
  const filter = useMemo(() => filterFrom(params), [params]);
  const me = useMe();
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const record = useRecord('entry', id);
  const standing = useStanding(id);
  const latest = useDueRows(filter).data?.rows;
  // The queue as it was when the sitting began: what was done leaves the list of the server, and one's place must not get lost.
  const kept = useRef<{ key: string; rows: NonNullable<typeof latest> }>(undefined);
  const key = searchOf(filter);
  if (latest && kept.current?.key !== key) kept.current = { key, rows: latest };
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());

  const error = record.error ?? standing.error;
  if (error) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void record.refetch();
          void standing.refetch();
        }}
      />
    );
  }
  if (!record.data || !standing.data || record.data.id !== id) return <PageSkeleton />;
  const { previous, next } = neighboursOf(kept.current?.rows ?? [], id, me?.id, done);
  const href = (to: string | null) => (to === null ? null : checkHref(to, filter));
  return (
    <Check
      key={`${id} ${record.data.revision}`}
      view={record.data}
      standing={standing.data}
      back={`/due${searchOf(filter)}`}
      previous={href(previous)}
      next={href(next)}
      onReload={() => void queries.invalidateQueries({ queryKey: ['entries'] })}
      onDone={() => {
        setDone((old) => new Set([...old, id]));
        notify(t('checks.done.whole', { name: record.data.name }), { type: 'success' });
        void navigate(href(next) ?? `/due${searchOf(filter)}`);
      }}
    />
  );
}
