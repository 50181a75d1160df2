import { describe, expect, it } from 'vitest';
import { Entry } from '@waymark/domain';
import { alignForMerge } from './alignForMerge.ts';

const entry = (channels: unknown[], evidence: unknown[] = []) =>
  Entry.parse({
    id: '01900000-0000-7000-8000-000000000001',
    slug: 'example',
    kind: 'child-helpline',
    names: { en: { text: 'Example' } },
    organisation: '01900000-0000-7000-8000-000000000002',
    channels,
    evidence,
  });
const phone = (id: string, digits: string) => ({ id, type: 'phone', value: { number: { kind: 'e164', digits } } });
const page = (id: string, url: string, supports: string[]) => ({
  id,
  kind: 'official-page',
  title: url,
  url,
  supports,
});

describe('laying one entry over another', () => {
  it('keeps another number with the same id apart', () => {
    const aligned = alignForMerge(entry([phone('tel', '4930111111')]), entry([phone('tel', '4930222222')]));
    expect(aligned.channels.map(({ id }) => id)).toEqual(['tel-2']);
  });

  it('takes the same number for the same channel, whatever its id', () => {
    const aligned = alignForMerge(entry([phone('phone', '4930222222')]), entry([phone('tel', '4930222222')]));
    expect(aligned.channels.map(({ id }) => id)).toEqual(['tel']);
  });

  it('lets evidence follow the channel it speaks for', () => {
    const goes = entry(
      [phone('tel', '4930111111')],
      [page('own', 'https://a.example.org/', ['/channels/tel/value', '/names'])],
    );
    const stays = entry([phone('tel', '4930222222')], [page('own', 'https://b.example.org/', ['/channels/tel/value'])]);
    const [evidence] = alignForMerge(goes, stays).evidence;
    expect(evidence?.id).toBe('own-2');
    expect(evidence?.supports).toEqual(['/channels/tel-2/value', '/names']);
  });
});
