import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { address, apiVersion, connect, connectUnwatched, control, fault, guide, pay, refused, stripe, test, types } from './support/sandbox.mjs';

const { StripeCardError, StripeAuthenticationError, StripePermissionError, StripeRateLimitError, StripeAPIError } = Stripe.errors;

test('A decline carries all that a shop asks of it', async () => {
  const error = await refused(pay('pm_card_visa_chargeDeclinedInsufficientFunds'), StripeCardError);

  assert.deepEqual(
    [error.statusCode, error.rawType, error.code, error.decline_code], [402, 'card_error', 'card_declined', 'insufficient_funds']);
  assert.equal(error.message, 'Your card has insufficient funds.');
  assert.equal(error.doc_url, 'https://stripe.com/docs/error-codes/card-declined');
  assert.match(error.raw.request_log_url, new RegExp(`/test/logs/${error.requestId}\\?t=\\d+$`));
  assert.match(error.requestId, /^req_/);
  assert.match(error.charge, /^ch_/);
  assert.ok(error.raw.advice_code && error.raw.network_decline_code);
  const { payment_intent: intent, payment_method: method } = error;
  assert.deepEqual([intent.status, intent.payment_method, intent.latest_charge], ['requires_payment_method', null, error.charge]);
  assert.equal(method.card.last4, '9995');
  assert.deepEqual(
    [intent.last_payment_error.code, intent.last_payment_error.decline_code, intent.last_payment_error.payment_method.id],
    ['card_declined', 'insufficient_funds', method.id]);
});

const create = more => stripe.paymentIntents.create({ amount: 1999, currency: 'usd', ...more });

const invalid = [
  ['an amount below the least', () => create({ amount: 49 }), 'amount_too_small', 'amount', /^Amount must be at least \$0\.50 usd/],
  ['yen below the least', () => create({ amount: 49, currency: 'jpy' }), 'amount_too_small', 'amount', /50/],
  ['nine digits', () => create({ amount: 100_000_000 }), 'amount_too_large', 'amount', /no more than/],
  ['an amount of words', () => create({ amount: 'much' }), 'parameter_invalid_integer', 'amount', /^Invalid integer: much$/],
  ['an unknown currency', () => create({ currency: 'zzz' }), undefined, 'currency', /^Invalid currency: zzz\. Stripe currently supports/],
  ['no currency', () => create({ currency: undefined }), 'parameter_missing', 'currency', /^Missing required param: currency\.$/],
  ['no amount', () => create({ amount: undefined }), 'parameter_missing', 'amount', /^Missing required param: amount\.$/],
  ['an unknown parameter', () => create({ colour: 'red' }), 'parameter_unknown', 'colour', /^Received unknown parameter: colour$/],
  ['an unknown one inside', () => create({ shipping: { name: 'J', address: { line1: '1' }, speed: 'fast' } }), 'parameter_unknown',
    'shipping[speed]', /^Received unknown parameter: shipping\[speed\]$/],
  ['an unknown value', () => create({ capture_method: 'never' }), undefined, 'capture_method', /^Invalid capture_method: must be one of/],
  ['a text where nothing may be cleared', () => create({ description: 'x', currency: '' }), 'parameter_invalid_empty', 'currency',
    /You passed an empty string for 'currency'/],
  ['a mail address that is none', () => create({ receipt_email: 'jenny' }), 'email_invalid', 'receipt_email', /^Invalid email address: jenny/],
  ['what only goes with confirm', () => create({ off_session: true }), undefined, 'off_session', /can only be used when `confirm` is `true`/],
  ['two that exclude each other',
    () => create({ automatic_payment_methods: { enabled: true }, ...types('card') }), undefined,
    Object.keys(types('card'))[0] === 'payment_method_types' ? 'automatic_payment_methods' : 'allowed_payment_method_types', /You may only specify one of these parameters/],
  ['an unknown PaymentMethod', () => create({ payment_method: 'pm_nobody' }), 'resource_missing', 'payment_method',
    /^No such PaymentMethod: 'pm_nobody'/],
  ['an unknown customer', () => create({ customer: 'cus_nobody' }), 'resource_missing', 'customer', /^No such customer: 'cus_nobody'/],
];

for (const [what, call, code, param, message] of invalid) {
  test(`A request is refused for ${what}`, async () => {
    const error = await refused(call());

    assert.deepEqual([error.statusCode, error.rawType, error.code, error.param], [400, 'invalid_request_error', code, param]);
    assert.match(error.message, message);
    assert.equal(error.doc_url, code && `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`);
  });
}

const missing = [
  ['payment_intent', () => stripe.paymentIntents.retrieve('pi_nobody'), 'intent'],
  ['charge', () => stripe.charges.retrieve('ch_nobody'), 'id'],
  ['refund', () => stripe.refunds.retrieve('re_nobody'), 'refund'],
  ['customer', () => stripe.customers.retrieve('cus_nobody'), 'id'],
  ['event', () => stripe.events.retrieve('evt_nobody'), 'id'],
  ['dispute', () => stripe.disputes.retrieve('dp_nobody'), 'id'],
];

for (const [kind, call, param] of missing) {
  test(`Nobody answers for an unknown ${kind}`, async () => {
    const error = await refused(call());

    assert.deepEqual([error.statusCode, error.code, error.param], [404, 'resource_missing', param]);
    assert.match(error.message, new RegExp(`^No such ${kind}: '\\w+_nobody'$`));
  });
}

test('An address that is none of the API\'s is a 404', async () => {
  const error = await refused(stripe.rawRequest('GET', '/v1/socks'));

  assert.equal(error.statusCode, 404);
  assert.match(error.message, /^Unrecognized request URL \(GET: \/v1\/socks\)/);
});

test('A wrong key is an authentication error, and is not repeated in full', async () => {
  const error = await refused(connect({ key: 'sk_live_51GuessedWrong' }).paymentIntents.list(), StripeAuthenticationError);

  assert.equal(error.statusCode, 401);
  assert.match(error.message, /^Invalid API Key provided: sk_live_\*+rong\. It is a live key/);
});

test('No key at all is an authentication error', async () => {
  const answer = await fetch(new URL('/v1/payment_intents', address));

  assert.equal(answer.status, 401);
  assert.match((await answer.json()).error.message, /^You did not provide an API key/);
});

test('A publishable key may not do what a secret one may', async () => {
  const error = await refused(connect({ key: 'pk_test_sandbox' }).charges.list(), StripePermissionError);

  assert.deepEqual([error.statusCode, error.code], [403, 'secret_key_required']);
});

test('Too many requests are a rate limit error', async () => {
  await fault('rate_limit', 'POST /v1/payment_intents');

  const error = await refused(pay('pm_card_visa'), StripeRateLimitError);

  assert.deepEqual([error.statusCode, error.code], [429, 'rate_limit']);
  assert.ok(error.headers['retry-after']);
});

test('A server error is an API error', async () => {
  await fault('error_before', 'POST /v1/payment_intents');

  const error = await refused(pay('pm_card_visa'), StripeAPIError);

  assert.deepEqual([error.statusCode, error.rawType], [500, 'api_error']);
});

test('A broken connection is a connection error', async () => {
  // The client asks once more by itself: a connection that it kept may have been closed meanwhile.
  await fault('reset_before', 'POST /v1/payment_intents', { count: '2' });

  await refused(pay('pm_card_visa'), Stripe.errors.StripeConnectionError);
});

for (const [spoilt, expected] of [['html', /Invalid JSON/], ['truncated', /Invalid JSON/], ['empty_body', /Invalid JSON/]]) {
  test(`A spoilt answer (${spoilt}) is an API error of the client`, async () => {
    await fault(spoilt, 'GET /v1/payment_intents');

    const error = await refused(stripe.paymentIntents.list(), StripeAPIError);

    assert.match(error.message, expected);
  });
}

test('An account of Connect is passed over with grace', async () => {
  const paid = await pay('pm_card_visa', {}, { stripeAccount: 'acct_1Connected' });

  assert.equal(paid.status, 'succeeded');
  assert.equal((await stripe.paymentIntents.retrieve(paid.id)).id, paid.id);
});

test('The version that was asked for is the version that answers', async () => {
  assert.equal((await stripe.paymentIntents.list()).lastResponse.apiVersion, apiVersion);
  // Objects of another version are not those that are published with the client.
  assert.equal((await connectUnwatched({ apiVersion: '2024-06-20' }).paymentIntents.list()).lastResponse.apiVersion, '2024-06-20');
  await refused(connect({ apiVersion: 'yesterday' }).paymentIntents.list());
});

test('From endive on payment_method_types is no longer taken', async () => {
  const endive = connect({ apiVersion: '2026-09-30.endive' });

  const without = { ...guide('pm_card_visa'), payment_method_types: undefined, allowed_payment_method_types: undefined };
  const error = await refused(endive.paymentIntents.create({ ...without, payment_method_types: ['card'] }));
  assert.equal(error.code, 'payment_method_types_no_longer_supported');
  await refused(endive.paymentIntents.create({ ...without, automatic_payment_methods: { enabled: true } }));

  const paid = await endive.paymentIntents.create({ ...without, allowed_payment_method_types: ['card'] });
  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.lastResponse.apiVersion, '2026-09-30.endive');
});

test('Every answer has a request id of its own', async () => {
  const [one, other] = await Promise.all([stripe.paymentIntents.list(), stripe.paymentIntents.list()]);

  assert.match(one.lastResponse.requestId, /^req_\w+$/);
  assert.notEqual(one.lastResponse.requestId, other.lastResponse.requestId);
});

test('No fault is left behind', async () => {
  assert.ok((await control('GET', 'faults')).faults.every(each => each.remaining === 0));
});
