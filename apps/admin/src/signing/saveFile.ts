import { saveBlob } from '../common/saveBlob.ts';

/** Lets the browser save a value as a JSON file. */
export function saveJson(name: string, value: unknown): void {
  saveBlob(name, new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }));
}
