import { formatAmount } from './money.js';
import { addressedLocale, writeTexts } from '../texts.js';

const locale = addressedLocale();
const texts = writeTexts(locale, 'bank');
const element = id => document.getElementById(id);
const complete = element('test-source-authorize-3ds');
const fail = element('test-source-fail-3ds');
const focusTargets = { heading: element('heading'), last: fail };

function tellChallenge(bank, details = {}) {
  window.parent.postMessage({ bank, ...details }, location.origin);
}

function show({ object, amount, currency, description, merchant }) {
  if (object === 'setup_intent') showSetup();
  else element('amount').textContent = formatAmount(amount, currency, locale);
  element('merchant').textContent = merchant;
  element('purpose').textContent = description ?? '';
  element('purpose-row').hidden = !description;
}

/** No money is asked for: the page says what is, in the amount's place. */
function showSetup() {
  element('heading').textContent = texts.setup_question;
  element('amount').textContent = texts.setup_subject;
  element('note').textContent = texts.setup_note;
}

window.addEventListener('message', ({ source, origin, data }) => {
  if (source !== window.parent || origin !== location.origin) return;
  if (data.show) show(data.show);
  focusTargets[data.focus]?.focus();
});
complete.addEventListener('click', () => tellChallenge('outcome', { outcome: 'succeed' }));
fail.addEventListener('click', () => tellChallenge('outcome', { outcome: 'fail' }));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') tellChallenge('escape');
});
// Pressed before, they would have told nobody.
complete.disabled = fail.disabled = false;
new ResizeObserver(() => tellChallenge('height', { pixels: element('page').offsetHeight })).observe(element('page'));
tellChallenge('hello');
