// The same leaf has the same bytes on every machine (SECURITY L-07): what the log commits to must not depend on where it runs.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Leaf, commitment, content with letters that sort and case differently by language, and a head. */
const PRINT = `
import { auditLeafHash, canonicalJson, commitmentTo, formatCheckpoint } from '@waymark/domain';
for (const zone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati']) {
  process.env.TZ = zone;
  const payload = { Ä: 'ß', I: 'ı', z: 1, a: ['é', 'e\\u0301', 10, 9], at: '2026-03-29T01:30:00.000Z' };
  const commitment = commitmentTo('00ff', payload);
  const leaf = { seq: 7, at: '2026-03-29T01:30:00.000Z', actor: 'a', action: 'mail.sent', subject: 'mail:ı', commitment };
  const root = Buffer.from(auditLeafHash(leaf)).toString('hex');
  const head = formatCheckpoint({ origin: 'example.org/log', size: 1234567, root });
  console.log(new Date('2026-01-01T00:00:00.000Z').getTimezoneOffset() + '\\n' + canonicalJson(payload) + root + head);
}
`;
/** That the clock really stood elsewhere. */
const OFFSETS = [0, -345, 210, -840];

const EXPECTED = `{"I":"ı","a":["é","e\u0301",10,9],"at":"2026-03-29T01:30:00.000Z","z":1,"Ä":"ß"}4433fcb975bea50e626d92d78a58c3af24aad1580c67048637fa83baeb47f4caexample.org/log
1234567
RDP8uXW+pQ5ibZLXiljDrySq0VgMZwSGN/qDuutH9Mo=

`;

it.each(['en_US.UTF-8', 'tr_TR.UTF-8', 'ar_EG.UTF-8'])('is the same in %s, in four time zones', async (LANG) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', PRINT],
    { cwd: ROOT, env: { ...process.env, LANG, LC_ALL: LANG } },
  );
  expect(stdout).toBe(OFFSETS.map((offset) => `${offset}\n${EXPECTED}`).join(''));
});
