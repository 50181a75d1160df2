import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { CSV_HEADER, csvLinesOf } from '../forms/directoryCsv.ts';
import { countryPath, newCountryParts } from '../forms/countryParts.ts';
import type { PublishedRecord } from '../published.ts';
import { measure } from './files.ts';
import { openDeltas, type DeltaFacts } from './formsOfDeltas.ts';
import { hashOfText, type Proof } from './proof.ts';
import { DIRECTORY, openTarget } from './targets.ts';
import type { LivingCheck } from './tombstones.ts';

type Context = Parameters<typeof openTarget>[1];
export type Gunzip = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

const CSV = 'v1/directory.csv';
const BY_COUNTRY = /^v1\/by-country\//;

export type LineFacts = DeltaFacts & { organisationNames: ReadonlyMap<string, string>; living: LivingCheck };

/** Makes again, line by line, what is made of the lines of the directory: the sheet, the parts by country, the deltas. */
export async function checkLineForms(
  context: Context,
  facts: LineFacts,
  { gunzip, proof }: { gunzip: Gunzip | undefined; proof: Proof },
): Promise<void> {
  const { payload, newHash } = context;
  const csv = newHash();
  csv.update(utf8ToBytes(CSV_HEADER));
  const hasParts = Object.keys(payload.targets).some((path) => BY_COUNTRY.test(path));
  const parts = newCountryParts();
  const deltas = await openDeltas(context, facts, proof);
  const directory = openTarget(DIRECTORY, context);
  for await (const line of directory.lines()) {
    const record = JSON.parse(line) as PublishedRecord; // Its shape was looked at when the file was read before.
    if (record.type === 'entry')
      csv.update(utf8ToBytes(csvLinesOf(record, facts.organisationNames.get(record.organisation) ?? '')));
    if (hasParts) parts.add(record, line);
    deltas.see(record.id, line);
    facts.living.see(record);
  }
  directory.check();
  deltas.end();
  proof.expect(CSV, bytesToHex(Uint8Array.from(csv.digest())));
  if (hasParts && gunzip) await checkParts(context, parts, { gunzip, proof });
}

async function checkParts(
  { payload, files, newHash, findings }: Context,
  parts: ReturnType<typeof newCountryParts>,
  { gunzip, proof }: { gunzip: Gunzip; proof: Proof },
): Promise<void> {
  for (const area of parts.areas()) {
    const path = countryPath(area);
    if (!proof.isSigned(path)) {
      findings.refuse('file-missing', `${path}, although other countries have a file of their own`);
      continue;
    }
    const text = parts.textOf(area);
    const most = payload.targets[DIRECTORY]?.length ?? 0;
    // Packed by another machine it may be other bytes; what counts is what comes out.
    const unpacked = await measure(gunzip(files.read(path)), newHash, most).catch(() => undefined);
    if (unpacked?.sha256 === hashOfText(text)) proof.see(path);
    else proof.refuse(path, 'it holds something else than the directory');
  }
}
