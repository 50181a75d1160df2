import { Refused, send } from '../page.ts';
import { looksLikeReport, toCorrection } from './correction.ts';
import { tell } from './fields.ts';
import { takeProof } from './proof.ts';
import { state } from './state.ts';
import { TEXTS } from './texts.ts';

let isSending = false;

/** Sends what was typed, unless it is a report or a field is at fault. */
export async function submit(draw: () => void): Promise<void> {
  if (isSending) return;
  if (looksLikeReport(state.form)) return showReport(draw);
  const texts = TEXTS[state.language];
  const said = toCorrection(state.form, state.country, texts);
  if ('field' in said) return tell(said.field, said.text);
  isSending = true;
  const [button, sending] = [document.getElementById('send'), document.getElementById('sending')];
  button?.setAttribute('aria-disabled', 'true');
  if (sending) sending.textContent = texts.checking;
  try {
    await send('/corrections', { correction: said.correction, proof: await takeProof() });
    state.step = 'done';
    draw();
    document.getElementById('said')?.focus();
  } catch (error) {
    button?.removeAttribute('aria-disabled');
    if (sending) sending.textContent = '';
    refuse(error instanceof Refused ? error : new Refused({}), draw);
  } finally {
    isSending = false;
  }
  return undefined;
}

function refuse(refused: Refused, draw: () => void): void {
  if (refused.code === 'looks-like-a-report') return showReport(draw);
  const path = refused.errors[0]?.path ?? '';
  const name = ['value', 'note', 'contact'].find((each) => path.includes(`/${each}`)) ?? 'form';
  const texted: Record<string, string> = TEXTS[state.language].error;
  return tell(name, texted[refused.code] ?? TEXTS[state.language].error.other);
}

/** What was written is forgotten here too: nobody finds it in the form of a shared computer. */
function showReport(draw: () => void): void {
  state.form.note = '';
  if (state.form.what === 'hours') state.form.value = '';
  state.step = 'report';
  draw();
  document.getElementById('said')?.focus();
}
