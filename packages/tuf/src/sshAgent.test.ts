// Against the ssh-agent of OpenSSH, and against one that lies.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSignatureBy } from './key.ts';
import { openSigner } from './openSigner.ts';
import { findAgentSigner, listAgentKeys } from './sshAgent.ts';
import { codeOf, tempDir } from './testing.ts';

const run = promisify(execFile);

/** A real agent for the length of the test. */
async function startAgent() {
  const dir = await tempDir();
  const socket = join(dir, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void agent.kill());
  // It says where it listens once it does.
  await once(agent.stdout, 'data');
  const add = async (type: string) => {
    const file = join(dir, type);
    await run('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', `a ${type} key`, '-f', file]);
    await run('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  };
  return { socket, add };
}

/** Something at a socket that answers one message after another with these bytes. */
async function startLiar(...answers: Buffer[]) {
  const socket = join(await tempDir(), 'agent');
  const server = createServer((connection) => {
    connection.on('data', () => connection.end(answers.shift() ?? ''));
    // Who is told nonsense hangs up.
    connection.on('error', () => {});
  });
  server.listen(socket);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return socket;
}

const message = (type: number, ...fields: Buffer[]) => {
  const body = Buffer.concat([Buffer.from([type]), ...fields]);
  return field(body);
};
function field(bytes: Buffer | string) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, Buffer.from(bytes)]);
}

describe('an ssh-agent', () => {
  it('signs with its Ed25519 key what TUF clients verify, and keys of other types are not offered', async () => {
    const { socket, add } = await startAgent();
    await add('ed25519');
    await add('ecdsa');
    const [only, ...others] = await listAgentKeys(socket);
    expect(others).toEqual([]);
    expect(only?.comment).toBe('a ed25519 key');
    const { keyid } = only!.signer;
    const askPassphrase = () => Promise.reject(new Error('an agent needs no passphrase'));
    const signer = await openSigner(`agent:${keyid}`, { agentSocket: socket, askPassphrase });
    const data = Buffer.from('the very bytes');
    expect(isSignatureBy(signer.publicKey, data, await signer.sign(data))).toBe(true);
    expect(await codeOf(findAgentSigner(socket, 'ab'.repeat(32)))).toBe('agent-has-no-key');
  });

  it('is refused when it is not there, hangs up, or answers nonsense', async () => {
    expect(await codeOf(listAgentKeys(undefined))).toBe('agent-unreachable');
    expect(await codeOf(listAgentKeys(join(await tempDir(), 'nothing')))).toBe('agent-unreachable');
    for (const answer of [
      Buffer.alloc(0),
      message(5),
      message(12, Buffer.from([0, 0, 0, 9])),
      Buffer.alloc(300_000, 1),
    ])
      expect(await codeOf(listAgentKeys(await startLiar(answer)))).toBe('agent-unreachable');
  });

  it('is refused when it gives a signature that its key does not verify', async () => {
    const { socket, add } = await startAgent();
    await add('ed25519');
    const [honest] = await listAgentKeys(socket);
    const publicBytes = Buffer.from(honest!.signer.publicKey.keyval.public, 'hex');
    const blob = Buffer.concat([field('ssh-ed25519'), field(publicBytes)]);
    const signature = Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(64, 7))]);
    const identities = message(12, Buffer.from([0, 0, 0, 1]), field(blob), field('a liar'));
    const place = await startLiar(identities, message(14, field(signature)));
    const [liar] = await listAgentKeys(place);
    expect(await codeOf(liar!.signer.sign(Buffer.from('x')))).toBe('key-wrong');
  });
});

it('knows two kinds of key address', async () => {
  const askPassphrase = () => Promise.reject(new Error('nobody is asked'));
  for (const address of ['', 'anna.key', 'kms:1', 'file:'])
    expect(await codeOf(openSigner(address, { askPassphrase }))).toBe('key-address-unknown');
});
