// The checkout form's side of Stripe.js. Everything that lives, lives in the object that init returns, so two checkouts
// on a page don't know of each other. What a page keeps when its circuit is resumed is found by what belongs to one
// checkout alone: its container, and the client secret of its challenge.

/**
 * @typedef {import('@stripe/stripe-js').StripeConstructor} StripeConstructor
 * @typedef {import('@stripe/stripe-js').StripeCardElement} CardElement
 * @typedef {{ error?: { type?: string, message?: string } }} Outcome
 * @typedef {{ invokeMethodAsync(method: string, argument: unknown): Promise<unknown> }} Relay
 * @typedef {{ paymentMethodId: string | null, error: { type: string, message: string | null } | null }} Answer
 * @typedef {{
 *   reportTo(relay: Relay): void,
 *   createPaymentMethod(): Promise<Answer>,
 *   handleCardAction(clientSecret: string): Promise<Answer>,
 *   setDisabled(disabled: boolean): void,
 *   focus(): void,
 *   dispose(): void,
 * }} Card
 */

const loadTimeout = 15_000;

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
 * Loads Stripe.js and mounts a card element. Called again for the same container, because the first answer was lost, it
 * answers with the card that is there.
 * @param {HTMLElement} container
 * @param {string} scriptUrl
 * @param {string} publishableKey
 * @param {Relay} relay
 */
export async function init(container, scriptUrl, publishableKey, relay) {
  const card = cards.get(container) ?? mount(container, scriptUrl, publishableKey);
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
 * @param {string} scriptUrl
 * @param {string} publishableKey
 * @returns {Promise<Card>}
 */
async function mount(container, scriptUrl, publishableKey) {
  const Stripe = await loadStripe(scriptUrl);
  const stripe = Stripe(publishableKey);
  const card = stripe.elements().create('card', { style: styleFor(container) });
  /** @type {Relay | null} */
  let relay = null;
  let isDisposed = false;

  await mounted(card, container);

  card.on('change', ({ error }) => {
    relay?.invokeMethodAsync('Changed', error?.message ?? null)
      // The circuit may be gone while the page is still there; the next one mounts a new card.
      .catch(() => {});
  });

  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const restyle = () => card.update({ style: styleFor(container) });
  darkness.addEventListener('change', restyle);

  const dispose = () => {
    if (isDisposed) {
      return;
    }
    isDisposed = true;
    cards.delete(container);
    document.removeEventListener('circuit-closed', dispose);
    darkness.removeEventListener('change', restyle);
    card.destroy();
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

  return {
    reportTo(to) {
      relay = to;
    },

    async createPaymentMethod() {
      const { paymentMethod, error } = await settled(stripe.createPaymentMethod({ type: 'card', card }));
      return forThisCircuit({ paymentMethodId: paymentMethod?.id ?? null, error: described(error) });
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

    setDisabled(disabled) {
      card.update({ disabled });
    },

    focus() {
      card.focus();
    },

    dispose,
  };
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

/**
 * @param {CardElement} card
 * @param {HTMLElement} container
 * @returns {Promise<void>}
 */
function mounted(card, container) {
  return new Promise((resolve, reject) => {
    const conclude = () => {
      clearTimeout(timer);
      card.off('ready', ready);
      card.off('loaderror', failed);
    };
    const ready = () => {
      conclude();
      resolve();
    };
    const failed = () => {
      conclude();
      card.destroy();
      reject(new Error('The card field could not be loaded.'));
    };
    const timer = setTimeout(failed, loadTimeout);
    card.on('ready', ready);
    card.on('loaderror', failed);
    card.mount(container);
  });
}

/**
 * Loads the script once a page; one that failed or hung is taken away again, so that the next call can try anew.
 * @param {string} url
 * @returns {Promise<StripeConstructor>}
 */
function loadStripe(url) {
  return new Promise((resolve, reject) => {
    if (window.Stripe) {
      resolve(window.Stripe);
      return;
    }

    const script = [...document.scripts].find((candidate) => candidate.src === url) ?? document.createElement('script');
    const failed = () => {
      clearTimeout(timer);
      script.remove();
      reject(new Error('Stripe.js could not be loaded.'));
    };
    const timer = setTimeout(failed, loadTimeout);
    script.addEventListener('error', failed);
    script.addEventListener('load', () => {
      clearTimeout(timer);
      if (window.Stripe) {
        resolve(window.Stripe);
      } else {
        failed();
      }
    });
    if (!script.isConnected) {
      script.src = url;
      document.head.append(script);
    }
  });
}

/**
 * The page's colours for the iframe, which no stylesheet of the page reaches.
 * @param {HTMLElement} container
 * @returns {import('@stripe/stripe-js').StripeElementStyle}
 */
function styleFor(container) {
  const theme = getComputedStyle(container);
  /** @param {string} name */
  const value = (name) => theme.getPropertyValue(name).trim();
  return {
    base: {
      color: value('--color-text'),
      iconColor: value('--color-text'),
      fontFamily: theme.fontFamily,
      fontSize: value('--font-size-field') || '16px',
      '::placeholder': { color: value('--color-placeholder') },
    },
    invalid: { color: value('--color-danger'), iconColor: value('--color-danger') },
  };
}
