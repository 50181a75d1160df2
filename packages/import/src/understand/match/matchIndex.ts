import type { Known, Likeable } from './known.ts';

/** More records than this behind one key tell nothing, and comparing all of them would cost the square of the file. */
const CROWD = 60;

type Bucket = Map<string, Known[]>;

const put = (bucket: Bucket, key: string, known: Known): void => {
  const list = bucket.get(key);
  if (list === undefined) bucket.set(key, [known]);
  else if (list.at(-1) !== known) list.push(known);
};

/** Country of an area: a state of the US is looked for among the entries of the US. */
export const countryOfArea = (area: string): string => area.replace(/-.*$/, '');

/** Records by everything they can be found by, so that nobody compares each with each. */
export class MatchIndex {
  readonly #byId = new Map<string, Known>();
  readonly #byAddress: Bucket = new Map();
  readonly #byDomain: Bucket = new Map();
  readonly #byPhone: Bucket = new Map();
  readonly #byEmail: Bucket = new Map();
  readonly #byName: Bucket = new Map();
  readonly #byWord: Bucket = new Map();

  constructor(records: Iterable<Known>) {
    for (const known of records) this.#add(known);
  }

  #add(known: Known): void {
    this.#byId.set(known.id, known);
    for (const { key, domain } of known.addresses) {
      put(this.#byAddress, key, known);
      if (domain !== undefined) put(this.#byDomain, domain, known);
    }
    for (const key of [...known.phones, ...known.shortCodes]) put(this.#byPhone, key, known);
    for (const email of known.emails) put(this.#byEmail, email, known);
    for (const { key, telling } of known.names) {
      put(this.#byName, key, known);
      for (const area of known.areas)
        for (const word of telling) put(this.#byWord, `${countryOfArea(area)} ${word}`, known);
    }
  }

  get(id: string): Known | undefined {
    return this.#byId.get(id);
  }

  /** How many records other than `but` have this address. */
  sharersOfAddress(key: string, but?: string): number {
    return countOthers(this.#byAddress.get(key), but);
  }
  sharersOfDomain(domain: string, but?: string): number {
    return countOthers(this.#byDomain.get(domain), but);
  }
  sharersOfPhone(key: string, but?: string): number {
    return countOthers(this.#byPhone.get(key), but);
  }
  sharersOfEmail(email: string, but?: string): number {
    return countOthers(this.#byEmail.get(email), but);
  }

  /** Records that have a number, whoever they are. */
  withPhone(key: string): readonly Known[] {
    return this.#byPhone.get(key) ?? [];
  }

  /** Records that share something telling with this one; itself left out. */
  near(likeable: Likeable, but?: string): Set<Known> {
    const near = new Set<Known>();
    const take = (bucket: Bucket, key: string): void => {
      const found = bucket.get(key);
      if (found !== undefined && found.length <= CROWD)
        for (const known of found) if (known.id !== but) near.add(known);
    };
    for (const { key, domain } of likeable.addresses) {
      take(this.#byAddress, key);
      if (domain !== undefined) take(this.#byDomain, domain);
    }
    for (const key of [...likeable.phones, ...likeable.shortCodes]) take(this.#byPhone, key);
    for (const email of likeable.emails) take(this.#byEmail, email);
    for (const { key, telling } of likeable.names) {
      take(this.#byName, key);
      for (const area of likeable.areas)
        for (const word of telling) take(this.#byWord, `${countryOfArea(area)} ${word}`);
    }
    return near;
  }
}

const countOthers = (list: readonly Known[] | undefined, but?: string): number =>
  list === undefined ? 0 : list.length - (but !== undefined && list.some(({ id }) => id === but) ? 1 : 0);
