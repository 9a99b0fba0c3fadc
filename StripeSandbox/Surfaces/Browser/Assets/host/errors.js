/** The shop's code used Stripe.js in a way that cannot work. Thrown, or the reason of a rejected promise; never a result. */
class IntegrationError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'IntegrationError';
  }
}

/**
 * The result of a call whose answer never came. It says nothing about what happened to the payment.
 * @param {string} locale
 * @returns {import('@stripe/stripe-js').StripeError}
 */
function connectionError(locale) {
  return { type: 'api_connection_error', message: textsFor(locale).errors.connection };
}
