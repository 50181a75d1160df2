import { BlockList } from 'node:net';
import { pino } from 'pino';
import { DEFAULT_CALENDAR } from '@waymark/domain';
import type { Store } from '@waymark/store';
import { createApp } from './app.ts';
import type { Deps } from './deps.ts';

/** The OpenAPI document as the running server gives it, without a database: it describes operations, not data. */
export async function describeApi(): Promise<unknown> {
  const deps: Deps = {
    // Reading the document touches neither; a description that did would fail here.
    store: {} as Store,
    publishing: {
      repoDir: '',
      stagingDir: '',
      keys: null,
      online: null,
      off: null,
      assurance: 'demo',
      policy: null,
      calendar: DEFAULT_CALENDAR,
      rootVersion: 0,
      notTaken: null,
      byCountry: false,
      repoUrl: '/repo',
      destinations: [],
      stagingRepo: { dir: '', keyDir: '', url: '/staging' },
    },
    publicLog: { dir: '', url: '/repo/log', key: null, sign: null, witnesses: [], off: null },
    now: () => new Date(0),
    newId: () => '00000000-0000-7000-8000-000000000000',
    profile: 'demo',
    origins: ['http://127.0.0.1:8080'],
    version: '0.1.0',
    adminDir: '',
    trustedProxies: new BlockList(),
    log: pino({ level: 'silent' }),
    failStop: () => undefined,
  };
  const answer = await createApp(deps).request('/api/v1/openapi.json');
  if (!answer.ok) throw new Error(`The document was not given: ${answer.status}`);
  return answer.json();
}
