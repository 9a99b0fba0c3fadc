/** The shop's code used Stripe.js in a way that cannot work. Thrown, or the reason of a rejected promise; never a result. */
class IntegrationError extends Error {
  constructor(message) {
    super(message);
    this.name = 'IntegrationError';
  }
}

/** The result of a call whose answer never came. It says nothing about what happened to the payment. */
function connectionError() {
  return {
    type: 'api_connection_error',
    message: 'The payment service could not be reached. Check your connection and try again.',
  };
}
