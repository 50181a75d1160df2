import { z } from 'zod';
import { canonicalJson } from '../hash.ts';
import { Changelog, Manifest } from '../manifest.ts';
import { PublishedDirectory, PublishedRecord, SCHEMA_VERSION } from '../published.ts';
import { Tombstone } from '../tombstone.ts';

/** The published files by the schema that describes them; each line of an `.ndjson` file is one document. */
export const SCHEMA_OF = {
  'v1/directory.json': 'directory',
  'v1/directory.ndjson': 'record',
  'v1/tombstones.ndjson': 'tombstone',
  'v1/changelog.json': 'changelog',
  'v1/manifest.json': 'manifest',
} as const;

const SCHEMAS = {
  changelog: Changelog,
  directory: PublishedDirectory,
  manifest: Manifest,
  record: PublishedRecord,
  tombstone: Tombstone,
} as const;

/** Where the JSON Schema of a published form lies: major version in the folder, the whole in the name (SNAPSHOTS §4.5). */
export function schemaPath(name: keyof typeof SCHEMAS): string {
  return `v1/schema/${name}-${SCHEMA_VERSION}.json`;
}

/**
 * The JSON Schemas (2020-12) of all published forms, as text by path. They stay open to new fields: a file of a later
 * minor version is valid for an earlier reader.
 */
export function publishedSchemas(): ReadonlyMap<string, string> {
  return (published ??= makeSchemas());
}

let published: ReadonlyMap<string, string> | undefined;

function makeSchemas(): Map<string, string> {
  const names = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];
  return new Map(names.map((name) => [schemaPath(name), `${canonicalJson(toJsonSchema(SCHEMAS[name]))}\n`]));
}

function toJsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
}
