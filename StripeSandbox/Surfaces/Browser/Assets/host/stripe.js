const paymentSecret = /^(pi_[^_]+)_secret_[^_]+$/;
const setupSecret = /^(seti_[^_]+)_secret_[^_]+$/;
const anySecret = /^((?:pi|seti)_[^_]+)_secret_[^_]+$/;

/**
 * What every request to the API carries, and the language of its answers.
 * @typedef {{ key: string, version?: string, account?: string, locale: string }} Session
 * @typedef {import('@stripe/stripe-js').PaymentIntentResult} PaymentIntentResult
 * @typedef {import('@stripe/stripe-js').SetupIntentResult} SetupIntentResult
 * @typedef {PaymentIntentResult | SetupIntentResult} IntentResult
 */

/** What `Stripe(publishableKey)` returns. */
class StripeClient {
  /** @type {Session} */
  #session;

  /**
   * @param {string} publishableKey
   * @param {import('@stripe/stripe-js').StripeConstructorOptions} options
   */
  constructor(publishableKey, { apiVersion, stripeAccount, locale = 'auto' }) {
    this.#session = { key: publishableKey, version: apiVersion, account: stripeAccount, locale: resolveLocale(locale) };
  }

  /** @param {{ locale?: string, fonts?: FontSource[] } | null} [options] */
  elements(options) {
    const { locale, fonts } = options ?? {};
    return new Elements(this, { locale: locale ? resolveLocale(locale) : this.#session.locale, fonts });
  }

  /**
   * Both forms: `createPaymentMethod({type, card, …})` and `createPaymentMethod(type, element, data)`.
   * @param {string | Record<string, any>} first
   * @param {unknown} [element]
   * @param {Record<string, any>} [data]
   * @returns {Promise<import('@stripe/stripe-js').PaymentMethodResult>}
   */
  async createPaymentMethod(first, element, data) {
    /** @type {Record<string, any>} */
    const parameters = typeof first === 'string' ? { ...data, type: first, [first]: element ?? data?.[first] } : { ...first };
    if (typeof parameters.type !== 'string') {
      throw new IntegrationError('Invalid value for createPaymentMethod: type should be a string such as "card".');
    }
    const card = StripeElement.dataFrame(parameters.card, this);
    if (!card && parameters.type === 'card' && typeof parameters.card?.token !== 'string') {
      throw new IntegrationError('Invalid value for createPaymentMethod: card should be a card or cardNumber Element, or an object with a token.');
    }
    if (card) delete parameters.card;
    const { body, error } = await this.#ask(card, 'createPaymentMethod', { parameters });
    return error ? { error } : { paymentMethod: body };
  }

  /**
   * @param {string} clientSecret
   * @returns {Promise<PaymentIntentResult>}
   */
  async retrievePaymentIntent(clientSecret) {
    const { body, error } = await this.#retrieve('retrievePaymentIntent', clientSecret, paymentSecret);
    return error ? { error } : { paymentIntent: body };
  }

  /**
   * @param {string} clientSecret
   * @returns {Promise<SetupIntentResult>}
   */
  async retrieveSetupIntent(clientSecret) {
    const { body, error } = await this.#retrieve('retrieveSetupIntent', clientSecret, setupSecret);
    return error ? { error } : { setupIntent: body };
  }

  /**
   * @param {string} clientSecret
   * @returns {Promise<PaymentIntentResult>}
   */
  async handleCardAction(clientSecret) {
    return this.#handleAction('handleCardAction', clientSecret, paymentSecret, intent => {
      if (intent.confirmation_method === 'manual') return;
      throw new IntegrationError('handleCardAction: The PaymentIntent supplied does not require manual server-side confirmation. Please use confirmCardPayment instead.');
    });
  }

  /**
   * @param {{ clientSecret: string }} options
   * @returns {Promise<import('@stripe/stripe-js').PaymentIntentOrSetupIntentResult>}
   */
  async handleNextAction(options) {
    return this.#handleAction('handleNextAction', options?.clientSecret, anySecret);
  }

  /**
   * @param {string} clientSecret
   * @param {import('@stripe/stripe-js').ConfirmCardPaymentData} [data]
   * @param {import('@stripe/stripe-js').ConfirmCardPaymentOptions} [options]
   * @returns {Promise<PaymentIntentResult>}
   */
  async confirmCardPayment(clientSecret, data, options) {
    return this.#confirmCard('confirmCardPayment', clientSecret, paymentSecret, data, options);
  }

  /**
   * @param {string} clientSecret
   * @param {import('@stripe/stripe-js').ConfirmCardSetupData} [data]
   * @param {import('@stripe/stripe-js').ConfirmCardSetupOptions} [options]
   * @returns {Promise<SetupIntentResult>}
   */
  async confirmCardSetup(clientSecret, data, options) {
    return this.#confirmCard('confirmCardSetup', clientSecret, setupSecret, data, options);
  }

  /**
   * No wallet can pay here, which Stripe's answers with null on a machine that has none.
   * @returns {WalletRequest}
   */
  paymentRequest() {
    return new WalletRequest();
  }

  registerAppInfo() {}

  /** Stripe's packages say through it that they are used; so does Stripe's script take it. */
  _registerWrapper() {}

  /**
   * @param {string} name
   * @param {string} clientSecret
   * @param {RegExp} shape
   * @param {import('@stripe/stripe-js').ConfirmCardPaymentData | import('@stripe/stripe-js').ConfirmCardSetupData} [data]
   * @param {{ handleActions?: boolean }} [options]
   * @returns {Promise<any>} the result under the name of the intent
   */
  async #confirmCard(name, clientSecret, shape, data = {}, { handleActions = true } = {}) {
    const returnFocusTo = document.activeElement;
    const id = intentId(name, clientSecret, shape);
    const { payment_method: method, ...rest } = data;
    /** @type {Record<string, any>} */
    const parameters = { ...rest, client_secret: clientSecret, use_stripe_sdk: handleActions || data.return_url === undefined };
    const card = typeof method === 'object' ? StripeElement.dataFrame(method?.card, this) : null;
    if (typeof method === 'string') parameters.payment_method = method;
    else if (method) parameters.payment_method_data = { ...method, type: 'card', card: card ? undefined : method.card };
    const code = StripeElement.codeFrame(parameters.payment_method_options?.card?.cvc, this);
    if (code) {
      const { cvc, ...cardOptions } = parameters.payment_method_options.card;
      parameters.payment_method_options = { ...parameters.payment_method_options, card: cardOptions };
    }

    const { body, error } = await this.#ask(card ?? code, 'confirm', { id, parameters });
    if (error) return { error };
    if (body.status === 'requires_action' && handleActions) return this.#act(body, returnFocusTo);
    return intentNamed(body);
  }

  /**
   * @param {string} method
   * @param {string} clientSecret
   * @param {RegExp} shape
   * @param {(intent: any) => void} [check]
   * @returns {Promise<any>} the result under the name of the intent
   */
  async #handleAction(method, clientSecret, shape, check) {
    const returnFocusTo = document.activeElement;
    const { body: intent, error } = await this.#retrieve(method, clientSecret, shape);
    if (error) return { error };
    if (intent.status !== 'requires_action') {
      throw new IntegrationError(`${method}: The ${isSetup(intent) ? 'SetupIntent' : 'PaymentIntent'} supplied is not in the requires_action state: it is ${intent.status}.`);
    }
    check?.(intent);
    return this.#act(intent, returnFocusTo);
  }

  /**
   * @param {any} intent
   * @param {Element | null} returnFocusTo
   * @returns {Promise<IntentResult>}
   */
  #act(intent, returnFocusTo) {
    const action = intent.next_action;
    if (action.type === 'redirect_to_url') {
      window.location.assign(action.redirect_to_url.url);
      return new Promise(() => {});
    }
    return authenticate(intent, this.#session, returnFocusTo);
  }

  /**
   * @param {string} method
   * @param {string} clientSecret
   * @param {RegExp} shape
   */
  #retrieve(method, clientSecret, shape) {
    const id = intentId(method, clientSecret, shape);
    return this.#ask(null, 'retrieve', { id, clientSecret });
  }

  /**
   * @param {ReturnType<typeof StripeElement.dataFrame>} card
   * @param {string} operation
   * @param {Record<string, unknown>} values
   */
  #ask(card, operation, values) {
    const request = { session: this.#session, ...values };
    return card
      ? card.frame.request(operation, { ...request, siblings: card.siblings })
      : askController(operation, request);
  }
}

refuseOtherMethods(StripeClient.prototype);

/**
 * @param {string} method
 * @param {unknown} clientSecret
 * @param {RegExp} shape
 */
function intentId(method, clientSecret, shape) {
  const id = typeof clientSecret === 'string' ? shape.exec(clientSecret)?.[1] : undefined;
  if (!id) {
    // What was passed might be half a secret: it stays out of the message, which ends up in logs.
    throw new IntegrationError(`Invalid value for ${method}: the client secret should be a string of the form \${id}_secret_\${secret}.`);
  }
  return id;
}

/**
 * @param {string} publishableKey
 * @param {import('@stripe/stripe-js').StripeConstructorOptions} [options]
 */
function Stripe(publishableKey, options = {}) {
  if (typeof publishableKey !== 'string') {
    throw new IntegrationError(`Invalid value for Stripe(): apiKey should be a string. You specified: ${publishableKey}.`);
  }
  if (publishableKey.trim() === '') {
    throw new IntegrationError('Please call Stripe() with your publishable key. You used an empty string.');
  }
  if (/^(sk|rk)_/.test(publishableKey)) {
    throw new IntegrationError('You should not use your secret key with Stripe.js. Please pass a publishable key instead.');
  }
  return new StripeClient(publishableKey.trim(), options ?? {});
}

// The loader of @stripe/stripe-js compares it with the release train that it was made for.
Stripe.version = releaseTrain ?? 3;
Stripe.origin = sandboxOrigin;
// The types that are published know the whole of Stripe.js, of which this is the card's part.
window.Stripe = /** @type {any} */ (Stripe);
