import { connect } from 'node:net';
import { ed25519Key } from '@waymark/domain';
import { isSignatureBy, keyidOf, type Signer } from './key.ts';
import { TufProblem } from './problem.ts';

// The protocol of ssh-agent (draft-ietf-sshm-ssh-agent §3–5): a length, a type, and fields that carry their length.
const [requestIdentities, identitiesAnswer, signRequest, signResponse] = [11, 12, 13, 14];
const keyType = 'ssh-ed25519';
const longestAnswer = 256 * 1024;

/** A key that an agent holds; `comment` is what `ssh-add -l` shows. */
export type AgentKey = { signer: Signer; comment: string };

/**
 * The Ed25519 keys in a running ssh-agent. Keys of other types are left out: TUF clients could not verify RSA or P-256 here,
 * and hardware keys (`sk-`) sign a wrapper instead of our bytes.
 * @param socket path of the agent's socket, usually SSH_AUTH_SOCK
 * @throws TufProblem `agent-unreachable`
 */
export async function listAgentKeys(socket: string | undefined): Promise<AgentKey[]> {
  const answer = new Fields(await ask(socket, Buffer.from([requestIdentities]), identitiesAnswer));
  const keys = Array.from({ length: answer.number() }, () => ({
    blob: answer.bytes(),
    comment: String(answer.bytes()),
  }));
  return keys.flatMap(({ blob, comment }) => {
    const fields = new Fields(blob);
    if (String(fields.bytes()) !== keyType) return [];
    return [{ signer: agentSigner(socket, blob, fields.bytes()), comment }];
  });
}

/**
 * The agent's key with this keyid.
 * @throws TufProblem `agent-unreachable`, `agent-has-no-key`
 */
export async function findAgentSigner(socket: string | undefined, keyid: string): Promise<Signer> {
  const found = (await listAgentKeys(socket)).find(({ signer }) => signer.keyid === keyid);
  if (found) return found.signer;
  throw new TufProblem('agent-has-no-key', `the ssh-agent holds no Ed25519 key ${keyid}; add it with ssh-add`);
}

function agentSigner(socket: string | undefined, blob: Buffer, publicBytes: Buffer): Signer {
  const publicKey = ed25519Key(publicBytes.toString('hex'));
  const sign = async (data: Uint8Array) => {
    const request = Buffer.concat([Buffer.from([signRequest]), field(blob), field(data), Buffer.alloc(4)]);
    const signature = new Fields(new Fields(await ask(socket, request, signResponse)).bytes());
    const type = String(signature.bytes());
    const bytes = signature.bytes();
    if (type === keyType && isSignatureBy(publicKey, data, bytes)) return bytes;
    throw new TufProblem('key-wrong', `the ssh-agent gave a signature (${type}) that the public key does not verify`);
  };
  return { keyid: keyidOf(publicKey), publicKey, sign };
}

function ask(socket: string | undefined, message: Buffer, expected: number): Promise<Buffer> {
  if (!socket) throw unreachable('SSH_AUTH_SOCK is not set; start one with: eval "$(ssh-agent)"');
  return new Promise((resolve, reject) => {
    const connection = connect(socket, () => connection.write(field(message)));
    let received = Buffer.alloc(0);
    const fail = (why: string) => {
      connection.destroy();
      reject(unreachable(why));
    };
    connection.on('error', (error) => fail(error.message));
    connection.on('close', () => fail('it hung up'));
    connection.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length > longestAnswer) return fail('its answer is too long');
      if (received.length < 5 || received.length < 4 + received.readUInt32BE()) return;
      connection.destroy();
      if (received[4] === expected) resolve(received.subarray(5, 4 + received.readUInt32BE()));
      else fail('it refused; is the key locked, or was it asked to confirm?');
    });
  });
}

function unreachable(why: string): TufProblem {
  return new TufProblem('agent-unreachable', `the ssh-agent does not answer: ${why}`);
}

function field(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads numbers and length-prefixed fields, one after another. */
class Fields {
  private at = 0;
  private readonly data: Buffer;

  constructor(data: Buffer) {
    this.data = data;
  }

  number(): number {
    if (this.at + 4 > this.data.length) throw unreachable('its answer is cut short');
    this.at += 4;
    return this.data.readUInt32BE(this.at - 4);
  }

  bytes(): Buffer {
    const length = this.number();
    if (this.at + length > this.data.length) throw unreachable('its answer is cut short');
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}
