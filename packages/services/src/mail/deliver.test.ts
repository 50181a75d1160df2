// Letters from the outbox to a real mail server on this machine.
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import fc from 'fast-check';
import { change, countMail, listAuditEvents, mailAbout, type Context } from '@waymark/store';
import { openMailbox, type Mailbox } from '../../../../tests/support/mailbox.ts';
import { newWorld, type World } from '../../../../tests/support/world.ts';
import { deliverMail, MAIL_ATTEMPTS } from './deliver.ts';
import { enqueueMail, oneLine, type Letter } from './enqueue.ts';
import { createMailer, MailFailure, type Mailer } from './smtp.ts';

let world: World;
let box: Mailbox;
let mailer: Mailer;

const post = { origin: 'https://directory.example.org' };
const ctx = () => ({ ...world.asSystem('mail'), post });
const deliver = (by: Pick<Mailer, 'send'> = mailer) => deliverMail(ctx(), by);

beforeEach(async () => {
  world = await newWorld();
  box = await openMailbox();
  mailer = createMailer({ url: box.url, from: { name: 'Waymark', address: 'directory@waymark.example' } });
  onTestFinished(async () => {
    mailer.close();
    await box.close();
  });
});

function ask(letter: Partial<Letter> = {}, on: Pick<Context, 'post'> = { post }): Promise<boolean> {
  return change(world.asSystem('test'), 'system', async (door) => {
    await door.audit('notice.send', 'user:nobody', {});
    return enqueueMail(on.post, door, {
      kind: 'duty',
      subjectId: 'about',
      to: 'somebody@example.org',
      subject: 'Hello',
      body: 'A line.\nAnother one.',
      ...letter,
    });
  });
}

const mailEvents = async () =>
  (await listAuditEvents(world.store.read, { order: 'asc', limit: 100, offset: 0 })).data
    .filter(({ action }) => action.startsWith('mail.'))
    .map(({ action, payload }) => ({ action, payload }));

it('brings a letter as plain text in UTF-8, and keeps neither its words nor its recipient', async () => {
  await ask({ subject: 'Überprüfung — تحقق', body: 'Grüße\nشكرا\n.\nend' });
  expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
  const [letter] = box.arrived;
  expect(letter).toMatchObject({ from: 'directory@waymark.example', to: ['somebody@example.org'] });
  expect(letter?.text).toBe('Grüße\nشكرا\n.\nend');
  expect(Object.fromEntries(letter?.headers ?? [])).toMatchObject({
    from: 'Waymark <directory@waymark.example>',
    to: 'somebody@example.org',
    subject: 'Überprüfung — تحقق',
    'auto-submitted': 'auto-generated',
    'content-type': 'text/plain; charset=utf-8',
    date: world.now().toUTCString().replace('GMT', '+0000'),
  });
  expect(letter?.headers.has('list-unsubscribe')).toBe(false);
  const [row] = await mailAbout(world.store.read, 'about');
  expect(row).toMatchObject({ state: 'sent', attempts: 1, recipient: null, subject: null, body: null, failure: null });
  expect(letter?.headers.get('message-id')).toBe(`<${row?.id}@waymark.example>`);
  expect(await mailEvents()).toEqual([{ action: 'mail.sent', payload: { kind: 'duty', about: 'about', tries: 1 } }]);
});

it('says in a digest, and only there, on which page it can be stopped', async () => {
  await ask({ kind: 'digest' });
  await deliver();
  expect(box.arrived[0]?.headers.get('list-unsubscribe')).toContain('<https://directory.example.org/#/account>');
});

it('writes nothing while mail is off', async () => {
  expect(await ask({}, {})).toBe(false);
  expect(await countMail(world.store.read)).toEqual({ waiting: 0, sent: 0, failed: 0 });
});

it('writes nothing to what is no address', async () => {
  for (const to of [
    '',
    'nobody',
    'a@b@example.org',
    'x@example.org\r\nBcc: y@example.org',
    'x@example.org, y@example.org',
  ])
    expect(await ask({ to }), to).toBe(false);
  expect(await countMail(world.store.read)).toEqual({ waiting: 0, sent: 0, failed: 0 });
});

const OUR_HEADERS = [
  'from',
  'to',
  'subject',
  'message-id',
  'date',
  'auto-submitted',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
];

it('lets no subject and no text become a header, whatever stands in it', async () => {
  const nasty = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => text.isWellFormed());
  const samples = [
    'x\r\nBcc: victim@example.org',
    'x\nX-Evil: 1\n\nbody',
    'x\u2028Bcc: victim@example.org',
    'x\u0000y\u202Eevil',
    ...fc.sample(nasty, 10),
  ];
  for (const text of samples) await ask({ subject: text, body: text });
  await deliver();
  expect(box.arrived).toHaveLength(samples.length);
  for (const letter of box.arrived) {
    expect(letter.to).toEqual(['somebody@example.org']);
    expect(letter.headerNames.filter((name) => !OUR_HEADERS.includes(name))).toEqual([]);
    expect(new Set(letter.headerNames).size).toBe(letter.headerNames.length);
  }
});

it('makes one line of anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

describe('when the server does not take a letter', () => {
  it('tries again later and later, and gives up after the fifth failure', async () => {
    await ask();
    box.refuse(450);
    for (let attempt = 1; attempt < MAIL_ATTEMPTS; attempt += 1) {
      expect(await deliver(), `attempt ${attempt}`).toEqual({ sent: 0, failed: 0, waiting: 1 });
      // Not before its time.
      expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 0 });
      world.wait({ hours: 9 });
    }
    expect(await deliver()).toEqual({ sent: 0, failed: 1, waiting: 0 });
    const [row] = await mailAbout(world.store.read, 'about');
    expect(row).toMatchObject({ state: 'failed', attempts: 5, recipient: null, subject: null, body: null });
    expect(row?.failure).toBe('EENVELOPE 450');
    expect(await mailEvents()).toEqual([
      { action: 'mail.failed', payload: { kind: 'duty', about: 'about', tries: 5, failure: 'EENVELOPE 450' } },
    ]);
    expect(box.arrived).toEqual([]);
  });

  it('gives up at once when the server will never take it', async () => {
    await ask();
    box.refuse(550);
    expect(await deliver()).toEqual({ sent: 0, failed: 1, waiting: 0 });
    expect((await mailEvents())[0]).toMatchObject({ action: 'mail.failed', payload: { failure: 'EENVELOPE 550' } });
  });

  it('keeps the others for later when there is no server, and brings all when it is back', async () => {
    for (let n = 0; n < 3; n += 1) await ask({ subjectId: `letter-${n}` });
    const nobody = createMailer({ url: 'smtp://127.0.0.1:1', from: { name: 'W', address: 'w@waymark.example' } });
    expect(await deliver(nobody)).toEqual({ sent: 0, failed: 0, waiting: 1 });
    nobody.close();
    world.wait({ hours: 1 });
    expect(await deliver()).toEqual({ sent: 3, failed: 0, waiting: 0 });
    expect(box.arrived).toHaveLength(3);
  });
});

describe('when the process dies', () => {
  it('between commit and delivery, loses no letter', async () => {
    await ask();
    world.reopen();
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 0 });
    expect(box.arrived).toHaveLength(1);
  });

  it('before the server has the letter, brings it once', async () => {
    await ask();
    const dying: Pick<Mailer, 'send'> = { send: () => Promise.reject(new Error('killed')) };
    await expect(deliver(dying)).rejects.toThrow('killed');
    world.reopen();
    world.wait({ hours: 1 });
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 });
    expect(box.arrived).toHaveLength(1);
  });

  it('after the server has it and before we noted so, brings it twice under one Message-ID', async () => {
    await ask();
    const dying: Pick<Mailer, 'send'> = {
      async send(letter) {
        await mailer.send(letter);
        throw new Error('killed');
      },
    };
    await expect(deliver(dying)).rejects.toThrow('killed');
    world.reopen();
    world.wait({ hours: 1 });
    await deliver();
    expect(box.arrived).toHaveLength(2);
    expect(new Set(box.arrived.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
  });

  it('two deliverers at once bring it once', async () => {
    for (let n = 0; n < 5; n += 1) await ask({ subjectId: `letter-${n}` });
    const [one, two] = await Promise.all([deliver(), deliver()]);
    expect(one.sent + two.sent).toBe(5);
    expect(box.arrived).toHaveLength(5);
  });
});

it('says of a failure a code alone, never an address', async () => {
  box.refuse(550);
  const failure = await mailer
    .send({ id: 'x', to: 'somebody@example.org', subject: 's', text: 't', date: world.now() })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MailFailure);
  expect(JSON.stringify(failure) + String(failure)).not.toContain('example.org');
});
