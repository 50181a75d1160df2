import { createTransport } from 'nodemailer';
import { oneLine } from './enqueue.ts';

/** Where mail leaves, as the environment says it (WAYMARK_SMTP_URL, WAYMARK_MAIL_FROM). */
export type MailSettings = { url: string; from: { name: string; address: string } };

/** A letter as it goes over the wire. */
export type OutgoingLetter = {
  id: string;
  to: string;
  subject: string;
  text: string;
  date: Date;
  /** A page on which the recipient can stop letters of this kind. */
  stop?: string | undefined;
};

/** Why a server did not take a letter. `isFinal`: it will not take it later either. Holds no address and no words of the letter. */
export class MailFailure extends Error {
  readonly code: string;
  readonly isFinal: boolean;
  readonly isConnection: boolean;
  constructor(code: string, { isFinal, isConnection }: { isFinal: boolean; isConnection: boolean }) {
    super(code);
    this.name = 'MailFailure';
    this.code = code;
    this.isFinal = isFinal;
    this.isConnection = isConnection;
  }
}

export type Mailer = {
  /** @throws MailFailure */
  send(letter: OutgoingLetter): Promise<void>;
  close(): void;
};

const SECONDS = 1000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sends over SMTP. Outside this machine only under TLS: `smtps://`, or `smtp://` with STARTTLS demanded, so that neither
 * password nor one-time link is read on the way.
 */
export function createMailer({ url, from }: MailSettings): Mailer {
  const server = new URL(url);
  const isImplicit = server.protocol === 'smtps:';
  const transport = createTransport({
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: Number(server.port) || (isImplicit ? 465 : 587),
    secure: isImplicit,
    requireTLS: !isImplicit && !LOOPBACK.has(server.hostname),
    ignoreTLS: !isImplicit && LOOPBACK.has(server.hostname),
    ...(server.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } }),
    connectionTimeout: 5 * SECONDS,
    greetingTimeout: 5 * SECONDS,
    socketTimeout: 10 * SECONDS,
    tls: { minVersion: 'TLSv1.2' },
    // A letter is text that we made; nothing in it may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    async send({ id, to, subject, text, date, stop }) {
      try {
        await transport.sendMail({
          from: { name: oneLine(from.name), address: from.address },
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          subject: oneLine(subject),
          text,
          date,
          // The same at every try, so that whoever gets a letter twice can tell (at least once; see deliver.ts).
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(stop === undefined ? {} : { list: { unsubscribe: { url: stop, comment: 'Account page' } } }),
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
    close: () => transport.close(),
  };
}

const CONNECTION = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EAUTH', 'ECONNREFUSED']);

function toFailure(error: unknown): MailFailure {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }; // nodemailer adds them to its errors.
  const name = typeof code === 'string' && /^[A-Z]+$/.test(code) ? code : 'EUNKNOWN';
  const reply = typeof responseCode === 'number' ? responseCode : undefined;
  const isConnection = CONNECTION.has(name);
  return new MailFailure(reply === undefined ? name : `${name} ${reply}`, {
    isFinal: !isConnection && reply !== undefined && reply >= 500 && reply < 600,
    isConnection,
  });
}
