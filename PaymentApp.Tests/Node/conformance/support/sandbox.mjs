// A client of the sandbox that a test was started beside, as a shop written for Stripe's test mode has it.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, test as nodeTest } from 'node:test';
import Stripe from 'stripe';
import { problemsOf } from './published-types.mjs';

export const address = new URL(process.env.STRIPE_SANDBOX);

/** The API version that every client of this run speaks. */
export const apiVersion = process.env.STRIPE_VERSION;
const isEndive = apiVersion.endsWith('.endive');

/** The types that an intent takes, named as the run's version names them. */
export const types = (...names) => (isEndive ? { allowed_payment_method_types: names } : { payment_method_types: names });

const agent = new Agent({ keepAlive: true });
after(() => agent.destroy());

const wire = Stripe.createNodeHttpClient(agent);
let problems = [];

const watchedWire = {
  getClientName: () => wire.getClientName(),
  async makeRequest(...request) {
    const [, , path, method] = request;
    const response = await wire.makeRequest(...request);
    const read = response.toJSON.bind(response);
    response.toJSON = async () => {
      const body = await read();
      problems.push(...problemsOf(body).map(problem => `${method} ${path}: ${problem}`));
      return body;
    };
    return response;
  },
};

/** A client whose every answer is held against the published types. */
export function connect({ key = 'sk_test_sandbox', ...options } = {}) {
  return new Stripe(key, {
    host: address.hostname,
    port: address.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    apiVersion,
    httpClient: watchedWire,
    ...options,
  });
}

/** A client that takes what comes: for answers that a fault spoils on purpose. */
export const connectUnwatched = options => connect({ httpClient: wire, ...options });

export const stripe = connect();

/** A test at whose end every object that came back has to have been one of Stripe's. */
export function test(name, body) {
  nodeTest(name, async () => {
    problems = [];
    await body();
    assert.deepEqual(problems, []);
  });
}

/** The guide's payment: manual confirmation, Stripe.js answers the bank. */
export const guide = (paymentMethod, more) => ({
  amount: 1999,
  currency: 'usd',
  payment_method: paymentMethod,
  ...types('card'),
  confirm: true,
  confirmation_method: 'manual',
  use_stripe_sdk: true,
  ...more,
});

export const pay = (paymentMethod, more, options) => stripe.paymentIntents.create(guide(paymentMethod, more), options);

/** A year that no card has expired in. */
export const expYear = new Date().getFullYear() + 5;

export const typeCard = (number, more) => stripe.paymentMethods.create({
  type: 'card',
  card: { number, exp_month: 12, exp_year: expYear, cvc: number.length === 15 ? '1234' : '123' },
  ...more,
});

/** The error that the call ends with, which has to be of that class. */
export async function refused(call, errorClass = Stripe.errors.StripeInvalidRequestError) {
  const error = await call.then(value => assert.fail(`Not refused: ${JSON.stringify(value)}`), reason => reason);
  assert.equal(error.constructor.name, errorClass.name, `${error.type}: ${error.message}`);
  return error;
}

/** Asks the sandbox's own control surface. */
export async function control(method, path, form) {
  const answer = await fetch(new URL(`/_sandbox/${path}`, address), { method, body: form && new URLSearchParams(form) });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body;
}

export const answerBank = (intent, outcome) => control('POST', `payment_intents/${intent.id}/challenge`, { outcome });

export const advance = seconds => control('POST', 'clock', { advance: String(seconds) });

export const fault = (kind, route, more) => control('POST', 'faults', { kind, route, count: '1', ...more });

/** Waits until it is so. */
export async function eventually(look) {
  for (let signal = AbortSignal.timeout(60_000); ;) {
    const found = await look();
    if (found) {
      return found;
    }
    signal.throwIfAborted();
    await new Promise(resolve => setImmediate(resolve));
  }
}
