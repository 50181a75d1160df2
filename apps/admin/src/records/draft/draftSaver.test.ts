import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpError } from 'ra-core';
import type { ProposalView } from '../../contract.ts';
import { createDocumentStore } from '../form/documentStore.ts';
import type { RawDocument } from '../path.ts';
import { createDraftSaver } from './draftSaver.ts';

/** A server with one draft, as far as the saver talks to it. */
function draftServer() {
  let doc: RawDocument | undefined;
  let version = 0;
  let isDown = false;
  const calls: string[] = [];
  // The saver reads nothing else of a proposal.
  const view = () => ({ id: 'p1', version, doc, references: {} }) as unknown as ProposalView;
  const refuse = (status: number, code: string) => new HttpError(code, status, { code, status, title: code });
  return {
    calls,
    doc: () => doc,
    down: (next: boolean) => {
      isDown = next;
    },
    /** Somebody else saves. */
    edit: (next: RawDocument) => {
      doc = next;
      version += 1;
    },
    transport: {
      create: async (sent: RawDocument) => {
        calls.push('create');
        if (isDown) throw refuse(0, 'offline');
        doc = { id: 'r1', ...sent };
        version = 1;
        return view();
      },
      edit: async (_id: string, sent: RawDocument, seen: number) => {
        calls.push('edit');
        if (isDown) throw refuse(0, 'offline');
        if (seen !== version) throw refuse(412, 'stale-revision');
        doc = sent;
        version += 1;
        return view();
      },
      read: async () => view(),
    },
  };
}

function begin(initial: RawDocument = { slug: 'a', summary: { en: { text: 'before' } } }) {
  const server = draftServer();
  const store = createDocumentStore('entry', initial);
  const saver = createDraftSaver(store, server.transport);
  saver.start();
  return { server, store, saver };
}

describe('a draft while it is being written', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks nothing of the server before something is changed', async () => {
    const { server, saver } = begin();
    await vi.runAllTimersAsync();
    expect(server.calls).toEqual([]);
    expect(saver.state().status).toBe('pristine');
  });

  it('becomes a proposal with the first change, and takes over its id', async () => {
    const { server, store, saver } = begin();
    store.set('/slug', 'b');
    await vi.runAllTimersAsync();
    expect(server.doc()).toMatchObject({ slug: 'b' });
    expect(saver.state().status).toBe('saved');
    expect(store.at('/id')).toBe('r1');
  });

  it('sends many key presses once', async () => {
    const { server, store } = begin();
    for (const text of ['b', 'bc', 'bcd']) store.set('/slug', text);
    await vi.runAllTimersAsync();
    expect(server.calls).toEqual(['create']);
    expect(server.doc()).toMatchObject({ slug: 'bcd' });
  });

  it('takes in what somebody else changed elsewhere in the document', async () => {
    const { server, store, saver } = begin();
    store.set('/slug', 'b');
    await vi.runAllTimersAsync();
    server.edit({ ...server.doc(), programme: 'theirs' });
    store.set('/slug', 'c');
    await vi.runAllTimersAsync();
    expect(server.doc()).toMatchObject({ slug: 'c', programme: 'theirs' });
    expect(store.at('/programme')).toBe('theirs');
    expect(saver.state()).toMatchObject({ status: 'saved', conflict: undefined });
  });

  it('overwrites nothing when the same field was changed: it shows both and waits', async () => {
    const { server, store, saver } = begin();
    store.set('/slug', 'b');
    await vi.runAllTimersAsync();
    server.edit({ ...server.doc(), slug: 'theirs' });
    store.set('/slug', 'mine');
    await vi.runAllTimersAsync();
    expect(server.doc()).toMatchObject({ slug: 'theirs' });
    expect(saver.state().status).toBe('conflict');
    expect(saver.state().conflict?.conflicts).toMatchObject([{ path: '/slug', current: 'theirs', proposed: 'mine' }]);

    await saver.resolve({ ...store.get(), slug: 'mine' });
    expect(server.doc()).toMatchObject({ slug: 'mine' });
    expect(saver.state()).toMatchObject({ status: 'saved', conflict: undefined });
  });

  it('keeps trying while the connection is away, and says so', async () => {
    const { server, store, saver } = begin();
    server.down(true);
    store.set('/slug', 'b');
    await vi.advanceTimersByTimeAsync(1000);
    expect(saver.state().status).toBe('failed');
    server.down(false);
    await vi.advanceTimersByTimeAsync(6000);
    expect(saver.state().status).toBe('saved');
    expect(server.doc()).toMatchObject({ slug: 'b' });
  });

  it('sends what is still waiting when the page is left', async () => {
    const server = draftServer();
    const store = createDocumentStore('entry', { slug: 'a' });
    const leave = createDraftSaver(store, server.transport).start();
    store.set('/slug', 'b');
    leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.doc()).toMatchObject({ slug: 'b' });
  });
});
