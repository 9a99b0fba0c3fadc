// The checkout form's side of Stripe.js. Everything that lives, lives in the object that init returns, so two checkouts
// on a page don't know of each other. What a page keeps when its circuit is resumed is found by what belongs to one
// checkout alone: its container, and the client secret of its challenge.

import { cardFieldIn } from './CardField.razor.js';
import { likelyCountry, listCountries } from './CountryField.razor.js';

/**
 * @typedef {{ error?: { type?: string, message?: string } }} Outcome
 * @typedef {{ invokeMethodAsync(method: string, argument: unknown): Promise<unknown> }} Relay
 * @typedef {{ paymentMethodId: string | null, error: { type: string, message: string | null } | null, email?: Uint8Array | null }} Answer
 * @typedef {{
 *   reportTo(relay: Relay): void,
 *   createPaymentMethod(): Promise<Answer>,
 *   handleCardAction(clientSecret: string): Promise<Answer>,
 *   enable(): void,
 *   clear(): void,
 *   focus(): void,
 *   dispose(): void,
 * }} Card
 */

/** @type {Map<string, Promise<Outcome>>} the challenges that are open, by client secret */
const challenges = new Map();

/** @type {WeakMap<HTMLElement, Promise<Card>>} */
const cards = new WeakMap();

// A page that must be loaded anew waits until the shopper has finished with the bank.
document.addEventListener('page-reloading', (event) => {
  for (const challenge of challenges.values()) {
    /** @type {CustomEvent<{ waitUntil(end: Promise<unknown>): void }>} */ (event).detail.waitUntil(challenge);
  }
});

/**
 * Has a form take payments by the card element in its container. Called again for the same container, because the first
 * answer was lost, it answers with the card that is there.
 * @param {HTMLElement | null} container null when the shopper has left the form while the call was on its way
 * @param {Relay} relay
 */
export async function init(container, relay) {
  if (!container) {
    throw new Error('The form is no longer on the page.');
  }
  const card = cards.get(container) ?? cardFor(container);
  cards.set(container, card);
  try {
    const mounted = await card;
    mounted.reportTo(relay);
    return mounted;
  } catch (error) {
    cards.delete(container);
    throw error;
  }
}

/**
 * @param {HTMLElement} container
 * @returns {Promise<Card>}
 */
async function cardFor(container) {
  const field = await cardFieldIn(container);
  const { stripe, element: card } = field;
  /** @type {Relay | null} */
  let relay = null;
  let isDisposed = false;
  let isCleared = false;
  // It may have been typed before there was anybody to tell.
  let isUntold = field.problem() !== null;
  const fields = fieldsOf(container, (wrong) => relay?.invokeMethodAsync('FieldsChecked', wrong).catch(() => {}));
  const report = () => relay?.invokeMethodAsync('Changed', field.problem())
    // The circuit may be gone while the page is still there; the next one mounts a new card.
    .catch(() => {});

  // A PaymentMethod of what stood in the form when it was pressed, which charges nothing: the server, which hears of the
  // press one way later, asks for it one way later still. What changes beside the card in between is put in by making it
  // anew; the card itself cannot change, of which Stripe.js would not always tell: one of the same brand is no 'change' to it.
  /** @type {Promise<Answer> | null} */
  let made = null;
  let isTaken = false;
  const forget = () => (made = null);

  card.on('change', ({ empty }) => {
    forget();
    // Nobody typed that: it answers no alert.
    if (isCleared && empty) {
      return;
    }
    isCleared = false;
    report();
  });

  // The server says that it has heard the click. Until then, which is long where the line has died, the page does.
  const form = container.closest('form');
  /** @param {boolean} isPressed */
  const showPressed = (isPressed) => form?.toggleAttribute('data-pressed', isPressed);
  const pressed = () => {
    showPressed(true);
    if (!isTaken && fields.areRight()) {
      card.update({ disabled: true });
      made ??= make();
    }
  };
  const release = () => {
    showPressed(false);
    forget();
    isTaken = false;
    card.update({ disabled: false });
  };
  // What was pressed while the line was away is lost with it. If the server did hear, it asks again.
  const line = document.getElementById('components-reconnect-modal');
  /** @param {Event} event */
  const regained = (event) => {
    if (/** @type {CustomEvent} */ (event).detail.state === 'hide' && !isTaken) {
      release();
    }
  };
  line?.addEventListener('components-reconnect-state-changed', regained);
  form?.addEventListener('submit', pressed);
  form?.addEventListener('input', forget);

  const dispose = () => {
    if (isDisposed) {
      return;
    }
    isDisposed = true;
    cards.delete(container);
    document.removeEventListener('circuit-closed', dispose);
    line?.removeEventListener('components-reconnect-state-changed', regained);
    form?.removeEventListener('submit', pressed);
    form?.removeEventListener('input', forget);
    showPressed(false);
    fields.dispose();
    field.dispose();
  };
  // The circuit that comes next has never heard of this card: it mounts its own.
  document.addEventListener('circuit-closed', dispose);

  /**
   * An answer that is late for its circuit is nobody's: the next circuit numbers its calls anew, and would take it for
   * the answer to one of its own.
   * @param {Answer} answer
   * @returns {Answer | Promise<Answer>}
   */
  const forThisCircuit = (answer) => (isDisposed ? /** @type {Promise<Answer>} */ (new Promise(() => {})) : answer);

  /** @returns {Promise<Answer>} */
  const make = async ({ cardholder: name, email, country } = fields.read()) => {
    const billing = { ...(name && { name }), ...(email && { email }), ...(country && { address: { country } }) };
    const details = Object.keys(billing).length > 0 ? { billing_details: billing } : {};
    const { paymentMethod, error } = await settled(stripe.createPaymentMethod({ type: 'card', card, ...details }));
    // As bytes: SignalR can be made to log the texts that it carries, and no log may hold an address.
    const bytes = email ? new TextEncoder().encode(email) : null;
    return { paymentMethodId: paymentMethod?.id ?? null, error: described(error), email: bytes };
  };

  return {
    reportTo(to) {
      relay = to;
    },

    async createPaymentMethod() {
      showPressed(false);
      if (!fields.check()) {
        return { paymentMethodId: null, error: { type: 'field_error', message: null } };
      }
      const checked = fields.read();
      const ahead = made;
      forget();
      isTaken = true;
      card.update({ disabled: true });
      const answer = await (ahead ?? make(checked));
      // The press may have been in a tunnel that the page has left since.
      return forThisCircuit(ahead && answer.error?.type === 'api_connection_error' ? await make(checked) : answer);
    },

    async handleCardAction(clientSecret) {
      // Asked again while the bank's page is still open, the answer is that page's: Stripe.js would show no second one.
      let challenge = challenges.get(clientSecret);
      if (!challenge) {
        challenge = settled(stripe.handleCardAction(clientSecret)).finally(() => challenges.delete(clientSecret));
        challenges.set(clientSecret, challenge);
      }
      const { error } = await challenge;
      return forThisCircuit({ paymentMethodId: null, error: described(error) });
    },

    enable() {
      if (isUntold) {
        isUntold = false;
        report();
      }
      release();
    },

    clear() {
      isCleared = true;
      card.clear();
    },

    focus() {
      card.focus();
    },

    dispose,
  };
}

// The same expression stands in EmailAddress.cs.
const emailShape =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** @type {Record<string, (text: string) => boolean>} what may be typed into each field beside the card; all may stay empty */
const rules = {
  email: (text) => text.length <= 254 && text.indexOf('@') <= 64 && emailShape.test(text),
  // A card number in the wrong field must go nowhere.
  cardholder: (text) => text.replace(/\D/g, '').length < 12,
  country: () => true,
};

/**
 * The fields beside the card: checked when they are left and before they are sent, kept in this tab until it is closed.
 * While a payment is under way, leaving the page is asked about.
 * @param {HTMLElement} container
 * @param {(wrong: string[]) => void} report
 */
function fieldsOf(container, report) {
  const form = container.closest('form');
  const memory = form?.dataset.memory ?? '';
  const inputs = Object.keys(rules).flatMap((name) => {
    const input = form?.querySelector(`[name="${name}"]`);
    return input instanceof HTMLInputElement || input instanceof HTMLSelectElement ? [input] : [];
  });
  /** @type {Set<string>} */
  const wrong = new Set();
  let isLeaving = false;

  /** @param {HTMLInputElement | HTMLSelectElement} input */
  const isRight = ({ name, value }) => value.trim() === '' || rules[name](value.trim());

  /** @param {HTMLInputElement | HTMLSelectElement} input */
  const check = (input) => {
    const right = isRight(input);
    if (right === wrong.has(input.name)) {
      if (right) {
        wrong.delete(input.name);
      } else {
        wrong.add(input.name);
      }
      report([...wrong]);
    }
    return right;
  };

  /** @param {Event} event */
  const left = ({ currentTarget }) => check(/** @type {HTMLInputElement | HTMLSelectElement} */ (currentTarget));
  /** @param {Event} event */
  const typed = ({ currentTarget }) => {
    const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (currentTarget);
    if (wrong.has(input.name)) {
      check(input);
    }
    keep();
  };
  const keep = () => remember(memory, Object.fromEntries(inputs.filter(({ name, value }) => rules[name](value.trim())).map(({ name, value }) => [name, value])));

  const warning = () => (isLeaving ? undefined : form?.dataset.leaveWarning);
  /** @param {BeforeUnloadEvent} event */
  const unloading = (event) => {
    if (warning()) {
      event.preventDefault();
    }
  };
  /** @param {MouseEvent} event */
  const clicked = (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const text = warning();
    if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hash || !text) {
      return;
    }
    if (confirm(text)) {
      isLeaving = true;
    } else {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  // The page that loads itself anew has nothing more to lose.
  const reloading = () => (isLeaving = true);

  listCountries(form);
  const kept = Object.assign({ country: likelyCountry() }, recall(memory));
  for (const input of inputs) {
    input.value ||= kept[input.name] ?? '';
    input.addEventListener('blur', left);
    input.addEventListener('input', typed);
  }
  // It may have been typed before this began.
  keep();
  addEventListener('beforeunload', unloading);
  document.addEventListener('click', clicked, true);
  document.addEventListener('page-reloading', reloading);

  return {
    areRight: () => inputs.every(isRight),

    read: () => Object.fromEntries(inputs.map(({ name, value }) => [name, value.trim()])),

    /** False where something is wrong; the focus is then on the first of it. */
    check() {
      const first = inputs.filter((input) => !check(input))[0];
      first?.focus();
      return !first;
    },

    dispose() {
      for (const input of inputs) {
        input.removeEventListener('blur', left);
        input.removeEventListener('input', typed);
      }
      removeEventListener('beforeunload', unloading);
      document.removeEventListener('click', clicked, true);
      document.removeEventListener('page-reloading', reloading);
    },
  };
}

/**
 * @param {string} key
 * @returns {Record<string, string>}
 */
function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}

/**
 * @param {string} key
 * @param {Record<string, string>} values
 */
function remember(key, values) {
  try {
    sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // A browser that keeps nothing lets the shopper type it again.
  }
}

/**
 * Stripe.js rejects where it was called wrongly or cannot go on: to the checkout that is one more error.
 * @template {Outcome} T
 * @param {Promise<T>} call
 * @returns {Promise<T | { paymentMethod?: undefined, error: { type: string, message?: string } }>}
 */
async function settled(call) {
  try {
    return await call;
  } catch (error) {
    return { error: { type: error instanceof Error ? error.name : 'unknown_error' } };
  }
}

/** @param {Outcome['error']} error */
function described(error) {
  return error ? { type: error.type ?? 'unknown_error', message: error.message ?? null } : null;
}
