// Reads a feed as strangers do: libxml2 parses it and holds it against what RFC 4287 asks for.
import { readFileSync } from 'node:fs';
import { RelaxNGValidator, XmlDocument, type XmlNode } from 'libxml2-wasm';

const ATOM = { a: 'http://www.w3.org/2005/Atom' };
const SCHEMA = new URL('../conformance/vectors/atom.rng', import.meta.url);

export type AtomEntry = { id: string; title: string; updated: string; content: string };
export type Atom = { id: string; updated: string; entries: AtomEntry[]; links: string[] };

/**
 * Parses a feed strictly.
 * @throws XmlParseError for what is not well-formed XML; XmlValidateError for what RFC 4287 does not allow
 */
export function readAtom(feed: string | Uint8Array): Atom {
  const schema = XmlDocument.fromString(readFileSync(SCHEMA, 'utf8'));
  const validator = RelaxNGValidator.fromDoc(schema);
  const document = XmlDocument.fromBuffer(typeof feed === 'string' ? Buffer.from(feed) : feed);
  try {
    validator.validate(document);
    const textAt = (node: XmlNode, path: string) => node.get(path, ATOM)?.content ?? '';
    return {
      id: textAt(document.root, 'a:id'),
      updated: textAt(document.root, 'a:updated'),
      links: document.find('//a:link/@href', ATOM).map(({ content }) => content),
      entries: document.find('/a:feed/a:entry', ATOM).map((entry) => ({
        id: textAt(entry, 'a:id'),
        title: textAt(entry, 'a:title'),
        updated: textAt(entry, 'a:updated'),
        content: textAt(entry, 'a:content'),
      })),
    };
  } finally {
    for (const it of [document, validator, schema]) it.dispose();
  }
}
