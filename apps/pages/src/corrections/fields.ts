import { element } from '../element.ts';
import { state } from './state.ts';

/** A control with its label above and, where it needs one, a sentence below. */
export function field(id: string, label: string, control: HTMLElement, help?: string): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    control,
    help ? element('p', { id: `${id}-help`, class: 'soft' }, help) : undefined,
  );
}

/** A list to choose from. */
export function select(
  id: string,
  options: readonly (readonly [value: string, name: string])[],
  chosen: string,
  onChoose: (value: string) => void,
): HTMLElement {
  return element(
    'select',
    { id, onchange: (event) => onChoose(valueOf(event)) },
    ...options.map(([value, name]) => element('option', { value, selected: value === chosen }, name)),
  );
}

/** What stands in the control that an event comes from. */
export function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
    ? target.value
    : '';
}

/** Where a problem is told: beside its field, and read out. */
export function problemNote(name: string): HTMLElement {
  const note = element('p', { id: `${name}-problem`, class: 'problem', role: 'alert' });
  if (state.problem?.field === name) note.textContent = state.problem.text;
  return note;
}

/** Tells a problem beside its field, and goes there. */
export function tell(name: string, text: string): void {
  state.problem = { field: name, text };
  for (const note of document.querySelectorAll('.problem')) note.textContent = '';
  const note = document.getElementById(`${name}-problem`);
  if (note) note.textContent = text;
  const at = { entry: 'search', what: undefined }[name] ?? name;
  (name === 'what' ? document.querySelector<HTMLElement>('input[name="what"]') : document.getElementById(at))?.focus();
}
