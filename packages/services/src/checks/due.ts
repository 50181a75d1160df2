import { PageMark, type DueCheck } from '@waymark/domain';
import { watchRows, type Context } from '@waymark/store';
import { targetKey, watchTargets, type Target } from './targets.ts';

/** So many addresses of one host in one answer: nobody is to notice that we look. */
const PER_HOST = 4;

/**
 * Published addresses to look at now, longest due first, those never looked at before all others. Reads only: what is handed out
 * twice is looked at twice, which does no harm.
 */
export async function dueChecks(ctx: Pick<Context, 'store' | 'now'>, limit: number): Promise<DueCheck[]> {
  const [targets, rows] = await Promise.all([watchTargets(ctx.store), watchRows(ctx.store.read)]);
  const stands = new Map(rows.map((row) => [targetKey(row), row]));
  const now = ctx.now().toISOString();
  const due = [...targets.values()]
    .map((target) => {
      const row = stands.get(targetKey(target));
      return row?.url === target.url ? { target, nextAt: row.nextAt, mark: markOf(row.fingerprint) } : { target };
    })
    .filter(({ nextAt = '' }) => nextAt <= now)
    .sort((a, b) => compare(a.nextAt ?? '', b.nextAt ?? '') || compare(targetKey(a.target), targetKey(b.target)));
  const addresses = new Map<string, Set<string>>();
  const chosen: DueCheck[] = [];
  for (const { target, mark } of due) {
    if (chosen.length >= limit) break;
    const ofHost = addresses.get(target.host) ?? new Set();
    // One page may show many numbers: the watcher opens it once.
    if (!ofHost.has(target.url) && ofHost.size >= PER_HOST) continue;
    addresses.set(target.host, ofHost.add(target.url));
    chosen.push(toDueCheck(target, mark));
  }
  return chosen;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function toDueCheck(target: Target, mark: PageMark | undefined): DueCheck {
  const { recordId, path, url, domains, formerDomains, look } = target;
  return {
    recordId,
    path,
    url,
    domains,
    formerDomains,
    ...(look === undefined ? {} : { look }),
    ...(mark === undefined ? {} : { mark }),
  };
}

/** The column holds what we wrote; a form of it we no longer know counts as never seen. */
export function markOf(fingerprint: string | null): PageMark | undefined {
  if (fingerprint === null) return undefined;
  return PageMark.safeParse(JSON.parse(fingerprint)).data;
}
