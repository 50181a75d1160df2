// A small repository made by hand, key by key and byte by byte, for tests that need what `packages/tuf` refuses to write. Not exported.
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { canonicalJson, deltaBetween, deltaPath, signedBytes } from '@waymark/domain';
import type { Fetch } from './source.ts';

export type Key = { id: string; json: Record<string, unknown>; private: KeyObject };
export type Json = Record<string, unknown>;

/** The key of a name: the same in every run, so that vectors can be compared. Worth nothing outside tests. */
export function keyOf(name: string): Key {
  const seed = createHash('sha256').update(`waymark test key ${name}`).digest();
  // RFC 8410: the fixed head of an Ed25519 private key in PKCS#8.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const json = {
    keytype: 'ed25519',
    scheme: 'ed25519',
    keyval: { public: Buffer.from(x, 'base64url').toString('hex') },
  };
  return { id: sha256(signedBytes(json)), json, private: privateKey };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The signature of a key over a signed part. */
export function signature(signed: unknown, key: Key, as: Key = key): { keyid: string; sig: string } {
  return { keyid: as.id, sig: sign(null, signedBytes(signed), key.private).toString('hex') };
}

/** Metadata as it is served. */
export function file(signed: unknown, signatures: readonly { keyid: string; sig: string }[]): Buffer {
  return Buffer.from(`${JSON.stringify({ signatures, signed }, null, 1)}\n`);
}

export function signedBy(signed: unknown, keys: readonly Key[]): Buffer {
  return file(
    signed,
    keys.map((key) => signature(signed, key)),
  );
}

/** What a file is named by in other metadata. */
export function metaOf(version: number, bytes: Buffer): Json {
  return { version, length: bytes.length, hashes: { sha256: sha256(bytes) } };
}

const many = (role: string, count: number) => Array.from({ length: count }, (_, i) => keyOf(`${role}-${i + 1}`));

/** Two of three people for root and for targets, one online key each for snapshot and timestamp, one duty key. */
export type Ring = { root: Key[]; targets: Key[]; snapshot: Key[]; timestamp: Key[]; urgent: Key[] };

export function newRing(prefix = ''): Ring {
  return {
    root: many(`${prefix}root`, 3),
    targets: many(`${prefix}targets`, 3),
    snapshot: many(`${prefix}snapshot`, 1),
    timestamp: many(`${prefix}timestamp`, 1),
    urgent: many(`${prefix}urgent`, 1),
  };
}

export const HONEST = '493012340001';
export const EVIL = '99900000666';
export const ENTRY = '0190c2a0-0000-7000-8000-000000000001';

/** A line of the directory: one help line of Germany, as apps get it. */
export function entryLine(options: { id?: string; digits?: string; slug?: string; over?: Json } = {}): string {
  const { id = ENTRY, digits = HONEST, slug = 'qx-hotline', over = {} } = options;
  const verification = {
    confidence: 'high',
    lastConfirmed: '2026-01-02T00:00:00Z',
    methods: ['official'],
    expiresAt: null,
  };
  return canonicalJson({
    type: 'entry',
    id,
    slug,
    kind: 'hotline.web',
    names: { en: { text: 'Example hotline' }, de: { text: 'Beispiel-Meldestelle', origin: 'official' } },
    organisation: '0190c2a0-0000-7000-8000-00000000000f',
    serves: [{ area: 'DE', basis: 'any', strength: 'primary' }],
    accepts: { 'csam-url': { answer: 'yes' } },
    audience: ['public'],
    anonymity: { level: 'anonymous' },
    operational: { status: 'operating' },
    channels: [{ id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits } }, verification }],
    verification,
    revision: 1,
    updatedAt: '2026-01-02T00:00:00Z',
    sources: [],
    ...over,
  });
}

/** Other lines, which no packing makes small: beside them one change is worth a delta. */
export function otherLines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const text = Array.from({ length: 4 }, (_, j) => sha256(Buffer.from(`${i} ${j}`))).join(' ');
    const id = `0190c2a0-0000-7000-8000-0000000001${String(i).padStart(2, '0')}`;
    return entryLine({
      id,
      slug: `qx-other-${i}`,
      digits: `4930555${String(i).padStart(6, '0')}`,
      over: { summary: { en: { text } } },
    });
  });
}

/** A repository in memory: honest until somebody writes into `files`. */
export class Forge {
  readonly files = new Map<string, Buffer>();
  readonly ring: Ring;
  readonly now: Date;
  /** By which everything lives longer than usual, for vectors that must not age. */
  readonly years: number;
  /** Versions as last published. */
  version = { root: 0, targets: 0, snapshot: 0, timestamp: 0, urgent: 0 };
  sequence = 0;
  /** Signed parts as last published, to be changed and signed again. */
  last: Record<'root' | 'targets' | 'snapshot' | 'timestamp' | 'urgent', Json> = {
    root: {},
    targets: {},
    snapshot: {},
    timestamp: {},
    urgent: {},
  };
  private lines: string[] = [];
  private deltas = new Map<string, { bytes: Buffer; custom: Json }>();

  constructor(options: { ring?: Ring; now?: Date; years?: number } = {}) {
    this.ring = options.ring ?? newRing();
    this.years = options.years ?? 0;
    this.now = options.now ?? new Date(Math.floor(Date.now() / 1000) * 1000);
    this.publishRoot();
  }

  /** `days` from now as TUF writes it. */
  date(days: number): string {
    const all = days > 0 ? days + 365 * this.years : days;
    return new Date(this.now.getTime() + all * 86_400_000).toISOString().replace(/\.\d{3}Z$/, 'Z');
  }

  common(type: string, version: number, days: number): Json {
    return { _type: type, spec_version: '1.0.31', version, expires: this.date(days) };
  }

  rootOf(ring: Ring, version: number, over: Json = {}): Json {
    const all = [...ring.root, ...ring.targets, ...ring.snapshot, ...ring.timestamp];
    const role = (keys: Key[], threshold: number) => ({ keyids: keys.map(({ id }) => id), threshold });
    return {
      ...this.common('root', version, 365),
      consistent_snapshot: true,
      keys: Object.fromEntries(all.map(({ id, json }) => [id, json])),
      roles: {
        root: role(ring.root, 2),
        targets: role(ring.targets, 2),
        snapshot: role(ring.snapshot, 1),
        timestamp: role(ring.timestamp, 1),
      },
      ...over,
    };
  }

  /** The next root, signed by two of the old and two of the new holders. */
  publishRoot(ring: Ring = this.ring, over: Json = {}): void {
    this.version.root += 1;
    const signed = this.rootOf(ring, this.version.root, over);
    const keys = [
      ...new Map([...this.ring.root.slice(0, 2), ...ring.root.slice(0, 2)].map((key) => [key.id, key])).values(),
    ];
    this.last.root = signed;
    this.files.set(`metadata/${this.version.root}.root.json`, signedBy(signed, keys));
    this.ring.root = ring.root;
  }

  /** An honest snapshot of these lines. */
  publish(
    options: { lines?: string[]; digits?: string; delta?: boolean; manifest?: Json; withdrawn?: Json[] } = {},
  ): void {
    const { lines = [entryLine(options.digits === undefined ? {} : { digits: options.digits })], delta = true } =
      options;
    const before = this.lines;
    this.sequence += 1;
    const directory = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const contentSha256 = sha256(directory);
    if (delta && this.sequence > 1) this.addDelta(before, lines);
    const targets = new Map<string, { bytes: Buffer; custom: Json }>();
    const custom = { sequence: this.sequence, schema: '1.2', contentSha256 };
    targets.set('v1/directory.ndjson', { bytes: directory, custom });
    targets.set('v1/directory.ndjson.gz', { bytes: gzipSync(directory), custom });
    targets.set('v1/manifest.json', { bytes: this.manifest(contentSha256, options.manifest), custom });
    for (const [path, target] of this.deltas) targets.set(path, target);
    this.lines = lines;
    this.publishTargets(targets, options.withdrawn);
  }

  manifest(contentDigest: string, over: Json = {}): Buffer {
    const manifest = {
      schemaVersion: '1.2',
      minReader: '1.0',
      sequence: this.sequence,
      kind: 'full',
      assurance: 'standard',
      createdAt: this.date(0),
      validUntil: this.date(120),
      contentDigest,
      counts: { entries: this.lines.length },
      ...over,
    };
    return Buffer.from(`${canonicalJson(manifest)}\n`);
  }

  private addDelta(before: string[], after: string[]): void {
    const bytes = Buffer.from([...deltaBetween(before, after)].map((line) => `${line}\n`).join(''));
    const digest = (lines: string[]) => sha256(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    const custom = { fromContentSha256: digest(before), toContentSha256: digest(after) };
    this.deltas.set(deltaPath(this.sequence - 1, this.sequence), { bytes, custom });
  }

  /** Targets, urgent, snapshot and timestamp metadata over these files. */
  publishTargets(targets: ReadonlyMap<string, { bytes: Buffer; custom?: Json }>, withdrawn?: Json[]): void {
    for (const [path, { bytes }] of targets) this.files.set(targetPath(path, bytes), bytes);
    this.version.targets += 1;
    const signed = {
      ...this.common('targets', this.version.targets, 120),
      targets: Object.fromEntries([...targets].map(([path, target]) => [path, targetOf(target)])),
      delegations: {
        keys: Object.fromEntries(this.ring.urgent.map(({ id, json }) => [id, json])),
        roles: [
          {
            name: 'urgent',
            keyids: this.ring.urgent.map(({ id }) => id),
            threshold: 1,
            terminating: true,
            paths: ['urgent/*'],
          },
        ],
      },
    };
    this.last.targets = signed;
    this.files.set(`metadata/${this.version.targets}.targets.json`, signedBy(signed, this.ring.targets.slice(0, 2)));
    if (withdrawn) this.signUrgent(withdrawn);
    this.pointAt();
  }

  /** The urgent role's targets, not yet pointed at. */
  signUrgent(withdrawn: Json[], keys: readonly Key[] = this.ring.urgent, over: Json = {}): void {
    this.version.urgent += 1;
    const list = { schema: '1', sequence: this.version.urgent, issuedAt: this.date(0), withdrawn, ...over };
    const bytes = Buffer.from(`${canonicalJson(list)}\n`);
    this.files.set(targetPath('urgent/withdrawn.json', bytes), bytes);
    const signed = {
      ...this.common('targets', this.version.urgent, 30),
      targets: { 'urgent/withdrawn.json': targetOf({ bytes }) },
    };
    this.last.urgent = signed;
    this.files.set(`metadata/${this.version.urgent}.urgent.json`, signedBy(signed, keys));
  }

  /** Withdraws at once: what the urgent lane does between two snapshots. */
  withdraw(withdrawn: Json[]): void {
    this.signUrgent(withdrawn);
    this.pointAt();
  }

  /** New snapshot and timestamp metadata over the targets files of the current numbers. */
  pointAt(over: { snapshot?: Json; timestamp?: Json } = {}): void {
    const meta: Json = { 'targets.json': this.named('targets') };
    if (this.version.urgent > 0) meta['urgent.json'] = this.named('urgent');
    this.version.snapshot += 1;
    const snapshot = { ...this.common('snapshot', this.version.snapshot, 30), meta, ...over.snapshot };
    this.last.snapshot = snapshot;
    this.files.set(`metadata/${this.version.snapshot}.snapshot.json`, signedBy(snapshot, this.ring.snapshot));
    this.stamp(over.timestamp);
  }

  /** A new timestamp over the snapshot metadata of the current number. */
  stamp(over: Json = {}, keys: readonly Key[] = this.ring.timestamp): void {
    this.version.timestamp += 1;
    const meta = { 'snapshot.json': this.named('snapshot') };
    const timestamp = { ...this.common('timestamp', this.version.timestamp, 3), meta, ...over };
    this.last.timestamp = timestamp;
    this.files.set('metadata/timestamp.json', signedBy(timestamp, keys));
  }

  named(role: 'targets' | 'snapshot' | 'urgent'): Json {
    const bytes = this.files.get(`metadata/${this.version[role]}.${role}.json`);
    return metaOf(this.version[role], bytes ?? Buffer.alloc(0));
  }

  /** A copy of the files as they are now. */
  copy(): Map<string, Buffer> {
    return new Map(this.files);
  }

  /** Another repository with the same past. */
  clone(): Forge {
    const copy = Object.create(Forge.prototype) as Forge;
    return Object.assign(copy, {
      ...this,
      files: new Map(this.files),
      ring: { ...this.ring },
      version: { ...this.version },
      last: { ...this.last },
      lines: [...this.lines],
      deltas: new Map(this.deltas),
    });
  }

  root(version = this.version.root): Buffer {
    return this.files.get(`metadata/${version}.root.json`) ?? Buffer.alloc(0);
  }
}

function targetOf({ bytes, custom }: { bytes: Buffer; custom?: Json }): Json {
  return { length: bytes.length, hashes: { sha256: sha256(bytes) }, ...(custom ? { custom } : {}) };
}

/** Where a target lies: its hash before its name. */
export function targetPath(path: string, bytes: Buffer): string {
  const slash = path.lastIndexOf('/') + 1;
  return `targets/${path.slice(0, slash)}${sha256(bytes)}.${path.slice(slash)}`;
}

/** A `fetch` that answers with files, and remembers what was asked for. `answer` may replace an answer. */
export function fetchFrom(
  files: () => ReadonlyMap<string, Buffer>,
  answer: (path: string) => Response | Promise<Response> | undefined = () => undefined,
): Fetch & { asked: string[] } {
  const asked: string[] = [];
  const fetch: Fetch = async (url) => {
    const path = new URL(url).pathname.slice(1);
    asked.push(path);
    const told = answer(path);
    if (told) return told;
    const bytes = files().get(path);
    return bytes ? new Response(new Uint8Array(bytes)) : new Response(null, { status: 404 });
  };
  return Object.assign(fetch, { asked });
}
