import type { CheckResult, DueCheck } from '@waymark/domain';
import type { World } from './world.ts';

/** One thing that is tried on the watcher, and what it must say of it. */
export type Case = {
  corpus: 'N-01' | 'N-02' | 'N-03' | 'N-04' | 'N-05';
  name: string;
  /** Sets the stage. */
  arrange?: (world: World) => void | Promise<void>;
  due: DueCheck;
  /** Outcomes it may have; with a reason after a colon where that is told apart. */
  expect: readonly string[];
  times?: number;
  /** It keeps us waiting on purpose: tried with small limits, so that the test does not take long. */
  isSlow?: boolean;
};

export const SOME_ID = '0190a000-0000-7000-8000-000000000001';

export const due = (url: string, rest: Partial<DueCheck> = {}): DueCheck => ({
  recordId: SOME_ID,
  path: '/channels/web/value',
  url,
  domains: [],
  formerDomains: [],
  ...rest,
});

/** `dns-gone:not-public`: outcome, and reason where there is one. */
export const inWords = (result: CheckResult): string =>
  'reason' in result && result.reason !== undefined ? `${result.outcome}:${result.reason}` : result.outcome;

export const PAGE = `<!doctype html><title>Help</title><p>Call 116 111, day and night. We listen, whatever it is about.</p>
<p>Our office answers letters too, and the form is read every morning by people who work here.</p>`;
