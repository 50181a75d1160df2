import { NO_CONFIRMATIONS, type Confirmable, type Confirmations, type SigningRefusal } from '@waymark/domain';

/** What a person has to answer for before they sign, and every reason it is asked for. */
export type Question = { key: string; confirm: Confirmable; refusals: SigningRefusal[] };

/** The refusals that nobody may answer for, and the questions that the others are. One host that ten entries lead to is one question. */
export function sortRefusals(refusals: readonly SigningRefusal[]): { final: SigningRefusal[]; questions: Question[] } {
  const questions = new Map<string, Question>();
  const final: SigningRefusal[] = [];
  for (const refusal of refusals) {
    const { confirm } = refusal;
    if (!confirm) {
      final.push(refusal);
      continue;
    }
    const key = `${confirm.kind} ${confirm.value}`;
    const question = questions.get(key) ?? { key, confirm, refusals: [] };
    question.refusals.push(refusal);
    questions.set(key, question);
  }
  return { final, questions: [...questions.values()] };
}

/** The answers as the review takes them. */
export function toConfirmations(questions: readonly Question[]): Confirmations {
  const said: Record<Confirmable['kind'], string[]> = structuredClone({ ...NO_CONFIRMATIONS }) as never;
  for (const { confirm } of questions) said[confirm.kind].push(confirm.value);
  return said;
}

/** Whether somebody typed what is asked for. Capitals and spaces are nobody's meaning; every letter is. */
export function isSaid(text: string, { value }: Confirmable): boolean {
  return text.trim().toLowerCase().split(/\s+/).join(' ') === value.toLowerCase();
}
