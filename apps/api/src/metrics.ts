import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Figures for the operator's monitoring: by route template, never by person or address. */
export type Metrics = {
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  countFile(status: number): void;
  /** By what became of it: all that is known of a text that was refused. */
  countCorrection(outcome: string): void;
  text(): Promise<string>;
  contentType: string;
};

/** @param process adds figures of the whole process (memory, event loop); once per process */
export function createMetrics(options: { process: boolean }): Metrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'waymark_http_request_seconds',
    help: 'Duration of requests by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const files = new Counter({
    name: 'waymark_public_files_total',
    help: 'Answers from the public tree by status',
    labelNames: ['status'] as const,
    registers: [registry],
  });
  const corrections = new Counter({
    name: 'waymark_corrections_total',
    help: 'Corrections from outside by what became of them',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  return {
    observe: ({ method, route, status, seconds }) =>
      durations.observe({ method, route, status: String(status) }, seconds),
    countFile: (status) => files.inc({ status: String(status) }),
    countCorrection: (outcome) => corrections.inc({ outcome }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
