import { PublicKeyFile } from '@waymark/domain';
import { beside, readTravelling } from '../../travellingFile.ts';

/**
 * A signing policy in which a key is the name of a file, with the content of that file in its place. What is no JSON is
 * returned as it is, for the reader of the policy to refuse.
 * @param file where the policy lies; names are relative to it
 * @throws Error when a file is missing or no public key file
 */
export async function inlineKeyFiles(text: string, file: string): Promise<string> {
  try {
    return JSON.stringify(await inline(JSON.parse(text), file));
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

async function inline(value: unknown, file: string): Promise<unknown> {
  if (typeof value === 'string' && value.endsWith('.pub.json')) {
    return readTravelling(beside(file, value), PublicKeyFile, 'a public key file');
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => inline(item, file)));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(async ([key, item]) => [key, await inline(item, file)] as const);
  return Object.fromEntries(await Promise.all(fields));
}
