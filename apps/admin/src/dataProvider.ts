import type { DataProvider, GetListParams, Identifier, RaRecord } from 'ra-core';
import { api, type Query } from './api.ts';
import type { Page } from './contract.ts';

/**
 * Lists and documents of the API as react-admin asks for them. Decisions (submit, review, publish …) are verbs and go
 * through `api` directly: they are no edits of a record.
 */

/** What names a row, where it is not `id`. */
const ID_OF: Record<string, string> = { snapshots: 'sequence', audit: 'seq' };

/** Lists that answer `?ids=`; others are asked one by one. */
const BY_IDS: readonly string[] = ['entries', 'organisations', 'countries'];

type Row = Record<string, unknown>;

function named<T extends RaRecord>(resource: string, row: Row): T {
  const key = ID_OF[resource];
  // The row is what the contract says of this resource; only its id is added.
  return (key === undefined ? row : { ...row, id: row[key] }) as T;
}

function queryOf({ pagination, sort, filter }: Partial<GetListParams>): Query {
  return {
    // The filter is a flat record by contract: the server knows each name or refuses it.
    ...(filter as Query | undefined),
    page: pagination?.page ?? 1,
    perPage: pagination?.perPage ?? 25,
    sort: sort?.field ? (sort.order === 'DESC' ? '-' : '') + sort.field : undefined,
  };
}

async function list<T extends RaRecord>(resource: string, params: Partial<GetListParams>, signal?: AbortSignal) {
  const page = await api.get<Page<Row>>(`/${resource}`, { query: queryOf(params), ...(signal && { signal }) });
  return { data: page.data.map((row) => named<T>(resource, row)), total: page.total };
}

async function one<T extends RaRecord>(resource: string, id: Identifier, signal?: AbortSignal): Promise<T> {
  return named<T>(resource, await api.get<Row>(`/${resource}/${encodeURIComponent(id)}`, signal && { signal }));
}

function notOffered(verb: string): () => Promise<never> {
  return () => Promise.reject(new Error(`${verb} is not offered: every change is a proposal`));
}

export const dataProvider: DataProvider = {
  supportAbortSignal: true,
  getList: (resource, params) => list(resource, params, params.signal),
  getOne: async (resource, { id, signal }) => ({ data: await one(resource, id, signal) }),
  async getMany(resource, { ids, signal }) {
    if (ids.length === 0) return { data: [] };
    if (!BY_IDS.includes(resource))
      return { data: await Promise.all(ids.map((id) => one<never>(resource, id, signal))) };
    const { data } = await list<never>(
      resource,
      { filter: { ids }, pagination: { page: 1, perPage: ids.length } },
      signal,
    );
    return { data };
  },
  getManyReference: (resource, { target, id, filter, ...params }) =>
    list(resource, { ...params, filter: { ...filter, [target]: id } }, params.signal),
  create: async (resource, { data }) => ({ data: named(resource, await api.post<Row>(`/${resource}`, data)) }),
  async update(resource, { id, data, previousData }) {
    const { version, revision } = previousData as { version?: number; revision?: number };
    const ifMatch = version ?? revision;
    const updated = await api.patch<Row>(
      `/${resource}/${encodeURIComponent(id)}`,
      data,
      ifMatch === undefined ? {} : { ifMatch },
    );
    return { data: named(resource, updated) };
  },
  updateMany: notOffered('Updating many at once'),
  delete: notOffered('Deleting'),
  deleteMany: notOffered('Deleting many'),
};
