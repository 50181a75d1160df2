// What looks odd and is right: a client that refuses it has an outage of its own making.
import { file, keyOf, newRing, signature, signedBy, type Forge } from '../../packages/reader/src/testing.ts';
import { edit, publishNext } from './attack.ts';

/** Each publishes the next snapshot in an unusual way. */
export const validVariants: [string, (forge: Forge) => void][] = [
  ['nothing unusual', publishNext],
  [
    'a chain of five roots',
    (forge) => {
      for (let i = 0; i < 5; i += 1) forge.publishRoot();
      publishNext(forge);
    },
  ],
  [
    'an expired root that introduces one that is not',
    (forge) => {
      forge.publishRoot(forge.ring, { expires: forge.date(-1) });
      forge.publishRoot();
      publishNext(forge);
    },
  ],
  [
    'all people exchanged in two steps',
    (forge) => {
      forge.publishRoot({ ...forge.ring, root: newRing('new-').root });
      const ring = { ...forge.ring, targets: newRing('new-').targets };
      forge.publishRoot(ring);
      forge.ring.targets = ring.targets;
      publishNext(forge);
    },
  ],
  [
    'both online keys exchanged, versions from the start',
    (forge) => {
      const ring = { ...forge.ring, snapshot: newRing('new-').snapshot, timestamp: newRing('new-').timestamp };
      forge.publishRoot(ring);
      forge.ring.snapshot = ring.snapshot;
      forge.ring.timestamp = ring.timestamp;
      publishNext(forge);
    },
  ],
  [
    'a timestamp signed by the old key and the next',
    (forge) => {
      publishNext(forge);
      forge.stamp({}, [...forge.ring.timestamp, keyOf('timestamp-next')]);
    },
  ],
  [
    'a bad signature beside enough good ones',
    (forge) => {
      publishNext(forge);
      const signed = forge.last.targets;
      const [alice, bob, carol] = forge.ring.targets;
      if (!alice || !bob || !carol) return;
      const bytes = file(signed, [signature(signed, alice, carol), signature(signed, alice), signature(signed, bob)]);
      forge.files.set(`metadata/${forge.version.targets}.targets.json`, bytes);
      forge.pointAt();
    },
  ],
  [
    'a signature by a key that nobody knows',
    (forge) => {
      publishNext(forge);
      forge.stamp({}, [keyOf('stranger'), ...forge.ring.timestamp]);
    },
  ],
  [
    'other white space and another order in the timestamp',
    (forge) => {
      publishNext(forge);
      edit(forge, 'metadata/timestamp.json', (bytes) => {
        const { signatures, signed } = JSON.parse(bytes.toString()) as { signatures: unknown; signed: object };
        return Buffer.from(
          JSON.stringify({ signed: Object.fromEntries(Object.entries(signed).reverse()), signatures }),
        );
      });
    },
  ],
  [
    'fields that nobody knows',
    (forge) => {
      publishNext(forge);
      forge.stamp({ 'x-signed-at': forge.date(0), 'x-more': { deep: [1, 'two', null] } });
    },
  ],
  [
    'no lengths and hashes in snapshot metadata',
    (forge) => {
      publishNext(forge);
      const meta = {
        'targets.json': { version: forge.version.targets },
        'urgent.json': { version: forge.version.urgent },
      };
      forge.pointAt({ snapshot: { meta } });
    },
  ],
  [
    'a number that leaves some out',
    (forge) => {
      forge.version.timestamp += 100;
      forge.version.snapshot += 100;
      forge.version.targets += 100;
      publishNext(forge);
    },
  ],
  [
    'metadata of a later minor version of the specification',
    (forge) => {
      publishNext(forge);
      forge.stamp({ spec_version: '1.9.9' });
    },
  ],
  [
    'a key of a kind to come, beside those that count',
    (forge) => {
      const key = { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256', keyval: { public: '-----BEGIN PUBLIC KEY-----' } };
      const root = forge.rootOf(forge.ring, 2);
      const keys = { ...(root['keys'] as object), ['cd'.repeat(32)]: key };
      forge.version.root = 2;
      forge.files.set('metadata/2.root.json', signedBy({ ...root, keys }, forge.ring.root));
      publishNext(forge);
    },
  ],
];
