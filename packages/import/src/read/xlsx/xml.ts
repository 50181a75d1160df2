import { Parser } from 'htmlparser2';
import { ReadProblem } from '../refusal.ts';
import { unpack, type ZipEntry } from '../zip.ts';

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads one XML part of a workbook while it is unpacked. Names come without their prefix.
 * @throws ReadProblem archive-unsafe when it defines entities: no office program does; workbook-broken when it is cut off
 */
export function readXml(bytes: Uint8Array, entry: ZipEntry, handler: XmlHandler): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1;
        handler.open?.(bare(name), attributes);
      },
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => {
        depth -= 1;
        handler.close?.(bare(name));
      },
      onprocessinginstruction: (name) => {
        if (name.toLowerCase() === '!doctype')
          throw new ReadProblem(
            'archive-unsafe',
            `The file is not taken: ${entry.name} defines a type of its own. Save the table anew in an office program.`,
          );
      },
    },
    { xmlMode: true },
  );
  const decoder = new TextDecoder('utf-8', { fatal: true });
  unpack(bytes, entry, (piece) => parser.write(decode(decoder, piece, entry.name)));
  // The parser closes at the end whatever was left open.
  if (depth > 0) throw broken(`${entry.name} is cut off`);
  parser.end();
}

function decode(decoder: InstanceType<typeof TextDecoder>, piece: Uint8Array, name: string): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    throw broken(`${name} is not UTF-8`);
  }
}

export function broken(what: string): ReadProblem {
  return new ReadProblem(
    'workbook-broken',
    `The workbook cannot be read: ${what}. Open it in the program it came from, and save it anew as XLSX or as "CSV UTF-8".`,
  );
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
