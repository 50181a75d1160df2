// What a server in bad hands writes into a request.
import { editRequest, editSigned, put, textIn } from '../doctoring.ts';
import { flip, type Doctored } from './case.ts';

export const REQUEST: Doctored[] = [
  ['is no request', 'request-malformed', (b) => put(b, 'request.json', '{"kind":"something"}')],
  ['is for the root', 'role-wrong', (b) => editRequest(b, (r) => (r.role = 'root'))],
  [
    'says another digest',
    'digest-wrong',
    (b) =>
      put(
        b,
        'request.json',
        textIn(b, 'request.json').replace(
          /("digest": ?")(.)/,
          (_all, key: string, first: string) => `${key}${flip(first)}`,
        ),
      ),
  ],
  ['holds a field that no client reads', 'payload-malformed', (b) => editSigned(b, (s) => (s['more'] = 1))],
  ['holds a float', 'payload-malformed', (b) => editSigned(b, (s) => (s.version = 1.5))],
  ['lives for ten years', 'expiry-out-of-range', (b) => editSigned(b, (s) => (s.expires = '2036-01-01T00:00:00Z'))],
  ['is over already', 'expiry-out-of-range', (b) => editSigned(b, (s) => (s.expires = '2020-01-01T00:00:00Z'))],
  ['was made next year', 'created-in-future', (b) => editRequest(b, (r) => (r.createdAt = '2030-01-01T00:00:00.000Z'))],
  ['names another version outside than inside', 'payload-malformed', (b) => editRequest(b, (r) => (r.version += 1))],
  ['goes back to version 1', 'version-back', (b) => editRequest(b, (r) => (r.version = r.signed.version = 1))],
  [
    'follows other metadata',
    'previous-differs',
    (b) => editRequest(b, (r) => r.previous && (r.previous.sha256 = flip(r.previous.sha256))),
  ],
  ['follows nothing', 'previous-differs', (b) => editRequest(b, (r) => (r.previous = null))],
  [
    'comes with metadata that lists other files',
    'previous-differs',
    (b) => put(b, 'previous.targets.json', textIn(b, 'previous.targets.json').replace('"length": ', '"length": 1')),
  ],
  [
    'trusts a new key for urgent/*',
    'delegations-changed',
    (b) => editSigned(b, (s) => (s.delegations = { keys: {}, roles: [] })),
  ],
];
