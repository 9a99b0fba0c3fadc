import { connectToHost } from '../port.js';
import { addressedLocale, writeTexts } from '../texts.js';
import { endChallenge } from './outcome.js';

const loadGrace = 3000;
const leavingTime = 150;
const element = id => document.getElementById(id);
const bank = element('challengeFrame');
const trouble = element('trouble');
const locale = addressedLocale();
const texts = writeTexts(locale, 'challenge');

const { initial, send } = await connectToHost({ close: dismiss });
const { session, intent, merchant } = initial;
let bankIsThere = false;
let busy = false;
let decision = null;
let failure = null;

window.addEventListener('message', ({ source, origin, data }) => {
  if (source !== bank.contentWindow || origin !== location.origin) return;
  bankMessages[data.bank]?.(data);
});
bank.addEventListener('load', () => setTimeout(() => bankIsThere || showTrouble(null), loadGrace));
element('close').addEventListener('click', dismiss);
element('retry').addEventListener('click', () => (decision ? decide(decision) : openBank()));
element('leave').addEventListener('click', dismiss);
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') dismiss();
});
for (const edge of document.querySelectorAll('.edge')) {
  edge.addEventListener('focus', () => wrapFocus(edge.dataset.edge));
}
if (intent.object === 'setup_intent') element('request').textContent = texts.setup_request;
openBank();

const bankMessages = {
  hello() {
    bankIsThere = true;
    const { object, amount, currency, description } = intent;
    tellBank({ show: { object, amount, currency, description, merchant } });
    bank.focus();
    tellBank({ focus: 'heading' });
  },
  height: ({ pixels }) => bank.style.setProperty('height', `${pixels}px`),
  outcome: ({ outcome }) => decide(outcome),
  escape: dismiss,
};

function openBank() {
  trouble.hidden = true;
  bank.inert = false;
  bank.src = `three-ds-2-bank.html#locale=${locale}`;
}

/** Closing is a refusal, unless the bank is out of reach: then nothing is decided, and the shop may ask again. */
function dismiss() {
  if (trouble.hidden) decide('fail');
  else finish({ error: failure });
}

async function decide(outcome) {
  if (busy) return;
  decision = outcome;
  setBusy(true);
  const result = await endChallenge(intent, outcome, session);
  setBusy(false);
  if (result.unknown) showTrouble(result.error);
  else finish(result);
}

function setBusy(value) {
  busy = value;
  trouble.hidden = true;
  bank.inert = value;
  element('progress').textContent = value ? texts.progress : '';
  document.body.classList.toggle('busy', value);
}

function showTrouble(error) {
  failure = error ?? { type: 'api_connection_error', message: texts.unreachable };
  trouble.hidden = false;
  bank.inert = true;
  element('retry').focus();
}

/** The sheet leaves before the page takes this frame away: an abrupt end would also cut off the click that caused it. */
function finish(result) {
  document.body.classList.add('leaving');
  setTimeout(() => send({ event: 'finished', result }), leavingTime);
}

/** Tab goes round inside the dialog: from its last control to its first, and back. */
function wrapFocus(edge) {
  if (edge === 'end') {
    element('close').focus();
  } else if (!trouble.hidden) {
    element('leave').focus();
  } else {
    bank.focus();
    tellBank({ focus: 'last' });
  }
}

function tellBank(message) {
  bank.contentWindow.postMessage(message, location.origin);
}
