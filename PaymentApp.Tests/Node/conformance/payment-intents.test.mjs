import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { advance, connect, guide, pay, refused, stripe, test, typeCard, types } from './support/sandbox.mjs';

const shipping = {
  name: 'Jenny Rosen',
  phone: '+15555550100',
  carrier: 'DHL',
  tracking_number: '00340434',
  address: { line1: '1 Main St', line2: null, city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' },
};

test('A payment of the guide succeeds and can be read back', async () => {
  const paid = await pay('pm_card_visa', {
    description: 'A pair of socks',
    receipt_email: 'jenny@example.com',
    statement_descriptor_suffix: 'SOCKS',
    shipping: { ...shipping, address: { ...shipping.address, line2: undefined } },
    metadata: { order: '42' },
  });

  assert.match(paid.id, /^pi_[0-9A-Za-z]{24}$/);
  assert.ok(paid.client_secret.startsWith(`${paid.id}_secret_`));
  assert.deepEqual(
    [paid.status, paid.amount, paid.amount_received, paid.amount_capturable, paid.currency], ['succeeded', 1999, 1999, 0, 'usd']);
  assert.deepEqual([paid.confirmation_method, paid.capture_method, paid.payment_method_types], ['manual', 'automatic_async', ['card']]);
  assert.deepEqual([paid.next_action, paid.last_payment_error, paid.canceled_at], [null, null, null]);
  assert.deepEqual(paid.shipping, shipping);
  assert.deepEqual(paid.metadata, { order: '42' });
  assert.deepEqual({ ...await stripe.paymentIntents.retrieve(paid.id) }, { ...paid });
});

test('An intent without a PaymentMethod waits for one, then for its confirmation', async () => {
  const waiting = await stripe.paymentIntents.create({ amount: 500, currency: 'eur', ...types('card') });
  assert.equal(waiting.status, 'requires_payment_method');
  assert.equal(waiting.confirmation_method, 'automatic');

  const given = await stripe.paymentIntents.update(waiting.id, { payment_method: 'pm_card_visa' });
  assert.equal(given.status, 'requires_confirmation');
  assert.match(given.payment_method, /^pm_/);

  assert.equal((await stripe.paymentIntents.confirm(waiting.id)).status, 'succeeded');
});

test('Automatic payment methods may send the shopper away, so they want a way back', async () => {
  const intent = { amount: 1999, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, automatic_payment_methods: { enabled: true } };

  const error = await refused(stripe.paymentIntents.create(intent));
  assert.match(error.message, /return_url/);

  const paid = await stripe.paymentIntents.create({ ...intent, return_url: 'https://shop.example/back' });
  assert.equal(paid.status, 'succeeded');
  assert.deepEqual(paid.automatic_payment_methods, { allow_redirects: 'always', enabled: true });
  const stays = await stripe.paymentIntents.create({ ...intent, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
  assert.equal(stays.automatic_payment_methods.allow_redirects, 'never');
});

test('A card may be described on the way', async () => {
  const paid = await stripe.paymentIntents.create({
    ...guide(undefined),
    payment_method_data: { type: 'card', card: { token: 'tok_mastercard' }, billing_details: { name: 'Jenny Rosen' } },
    expand: ['payment_method'],
  });

  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.payment_method.card.brand, 'mastercard');
  assert.equal(paid.payment_method.billing_details.name, 'Jenny Rosen');
});

test('An update changes what it names and nothing else', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', description: 'Socks', receipt_email: 'jenny@example.com', metadata: { order: '42', colour: 'red' }, shipping,
  });

  const changed = await stripe.paymentIntents.update(intent.id, { amount: 2999, metadata: { colour: 'blue', size: 'M' } });

  assert.deepEqual([changed.amount, changed.currency, changed.description], [2999, 'usd', 'Socks']);
  assert.deepEqual(changed.metadata, { order: '42', colour: 'blue', size: 'M' });
  assert.deepEqual(changed.shipping, shipping);
});

test('An empty text clears: one key of the metadata, all of it, an address for the receipt', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', receipt_email: 'jenny@example.com', metadata: { order: '42', colour: 'red' }, shipping,
  });

  assert.deepEqual((await stripe.paymentIntents.update(intent.id, { metadata: { colour: '' } })).metadata, { order: '42' });
  assert.deepEqual((await stripe.paymentIntents.update(intent.id, { metadata: '' })).metadata, {});
  assert.equal((await stripe.paymentIntents.update(intent.id, { receipt_email: '' })).receipt_email, null);
  assert.equal((await stripe.paymentIntents.update(intent.id, { shipping: '' })).shipping, null);
});

const metadataLimits = [
  ['fifty-one keys', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 'value'])), /up to 50 keys/],
  ['a key of forty-one characters', { ['k'.repeat(41)]: 'value' }, /up to 40 characters/],
  ['a value of five hundred and one', { key: 'v'.repeat(501) }, /up to 500 characters/],
];

for (const [what, metadata, expected] of metadataLimits) {
  test(`Metadata has its limits: ${what}`, async () => {
    assert.match((await refused(stripe.paymentIntents.create({ amount: 1999, currency: 'usd', metadata }))).message, expected);
  });
}

test('Metadata up to its limits is kept', async () => {
  const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [String(index).padStart(40, 'k'), 'v'.repeat(500)]));

  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', metadata });

  assert.deepEqual((await stripe.paymentIntents.retrieve(intent.id)).metadata, metadata);
});

test('A manual capture takes the money later, all of it or less', async () => {
  const held = await pay('pm_card_visa', { capture_method: 'manual' });
  assert.deepEqual([held.status, held.amount_capturable, held.amount_received], ['requires_capture', 1999, 0]);
  assert.equal((await stripe.charges.retrieve(held.latest_charge)).captured, false);

  const error = await refused(stripe.paymentIntents.capture(held.id, { amount_to_capture: 2000 }));
  assert.deepEqual([error.code, error.param], ['amount_too_large', 'amount_to_capture']);

  const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500, expand: ['latest_charge'] });
  assert.deepEqual([taken.status, taken.amount, taken.amount_capturable, taken.amount_received], ['succeeded', 1999, 0, 1500]);
  assert.deepEqual(
    [taken.latest_charge.captured, taken.latest_charge.amount_captured, taken.latest_charge.amount_refunded], [true, 1500, 499]);
  assert.equal((await refused(stripe.paymentIntents.capture(held.id))).code, 'payment_intent_unexpected_state');
});

test('Captured at once or a moment later, the shopper has paid', async () => {
  for (const capture_method of ['automatic', 'automatic_async']) {
    const paid = await pay('pm_card_visa', { capture_method, expand: ['latest_charge'] });

    assert.equal(paid.capture_method, capture_method);
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.latest_charge.paid, true);
  }
});

for (const reason of ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']) {
  test(`An intent is canceled because it is ${reason}`, async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });

    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: reason });

    assert.deepEqual([canceled.status, canceled.cancellation_reason], ['canceled', reason]);
    assert.equal(typeof canceled.canceled_at, 'number');
    assert.equal((await refused(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }))).code,
      'payment_intent_unexpected_state');
  });
}

test('A canceled authorization gives the money back', async () => {
  const held = await pay('pm_card_visa', { capture_method: 'manual' });

  const canceled = await stripe.paymentIntents.cancel(held.id, { expand: ['latest_charge'] });

  assert.deepEqual([canceled.status, canceled.amount_capturable], ['canceled', 0]);
  assert.equal(canceled.latest_charge.refunded, true);
});

test('An authorization lapses after seven days', async () => {
  const held = await pay('pm_card_visa', { capture_method: 'manual' });

  await advance(7 * 24 * 3600);

  const lapsed = await stripe.paymentIntents.retrieve(held.id);
  assert.deepEqual([lapsed.status, lapsed.cancellation_reason], ['canceled', 'automatic']);
});

test('A paid intent can be neither confirmed nor canceled nor charged anew', async () => {
  const paid = await pay('pm_card_visa');

  for (const act of [() => stripe.paymentIntents.confirm(paid.id), () => stripe.paymentIntents.cancel(paid.id)]) {
    const error = await refused(act());
    assert.deepEqual([error.statusCode, error.code], [400, 'payment_intent_unexpected_state']);
    assert.equal(error.payment_intent.id, paid.id);
    assert.equal(error.payment_intent.status, 'succeeded');
  }
  await refused(stripe.paymentIntents.update(paid.id, { amount: 1 }));
  assert.deepEqual((await stripe.paymentIntents.update(paid.id, { metadata: { shipped: 'yes' } })).metadata, { shipped: 'yes' });
});

test('A declined intent takes another card', async () => {
  const error = await refused(pay('pm_card_chargeDeclined'), Stripe.errors.StripeCardError);
  const declined = await stripe.paymentIntents.retrieve(error.payment_intent.id);
  assert.equal(declined.status, 'requires_payment_method');
  assert.equal(declined.payment_method, null);
  assert.equal(declined.last_payment_error.decline_code, 'generic_decline');
  assert.equal(declined.last_payment_error.payment_method.card.last4, '0002');
  assert.equal((await stripe.charges.retrieve(declined.latest_charge)).status, 'failed');

  const paid = await stripe.paymentIntents.confirm(declined.id, { payment_method: 'pm_card_visa' });

  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.last_payment_error, null);
  assert.notEqual(paid.latest_charge, declined.latest_charge);
});

test('Setting up for later keeps the card with the customer', async () => {
  const customer = await stripe.customers.create();
  const method = await typeCard('4242424242424242');

  const paid = await pay(method.id, { customer: customer.id, setup_future_usage: 'off_session' });

  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.setup_future_usage, 'off_session');
  assert.equal((await stripe.paymentMethods.retrieve(method.id)).customer, customer.id);
  assert.equal((await pay(method.id, { customer: customer.id, off_session: true })).status, 'succeeded');
});

test('The intents of one customer are listed', async () => {
  const customer = await stripe.customers.create();
  await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  const own = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', customer: customer.id });

  const { data } = await stripe.paymentIntents.list({ customer: customer.id, expand: ['data.customer'] });

  assert.deepEqual(data.map(intent => intent.id), [own.id]);
  assert.equal(data[0].customer.id, customer.id);
});

test('Amounts are in the smallest unit of each currency', async () => {
  assert.equal((await pay('pm_card_visa', { amount: 50, currency: 'jpy' })).status, 'succeeded');
  assert.equal((await pay('pm_card_visa', { amount: 30, currency: 'gbp' })).status, 'succeeded');
  assert.equal((await pay('pm_card_visa', { amount: 5120, currency: 'kwd' })).status, 'succeeded');
  await refused(pay('pm_card_visa', { amount: 5125, currency: 'kwd' }));
  await refused(pay('pm_card_visa', { amount: 5050, currency: 'isk' }));
});

test('What Stripe knows and the sandbox does not act on is taken', async () => {
  const paid = await pay('pm_card_visa', {
    transfer_group: 'ORDER-42',
    radar_options: { session: 'rse_1' },
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  });

  assert.equal(paid.transfer_group, 'ORDER-42');
  assert.equal(paid.payment_method_options.card.request_three_d_secure, 'automatic');
});

test('A page with the client secret reads less than the shop', async () => {
  const paid = await pay('pm_card_visa', { metadata: { margin: 'high' } });
  const browser = connect({ key: 'pk_test_sandbox', httpClient: Stripe.createNodeHttpClient() });

  const seen = await browser.paymentIntents.retrieve(paid.id, { client_secret: paid.client_secret });

  assert.equal(seen.status, 'succeeded');
  assert.ok(!('metadata' in seen) && !('latest_charge' in seen));
  await refused(browser.paymentIntents.retrieve(paid.id, { client_secret: 'guessed' }));
});

test('A page may confirm what the shop left to be confirmed automatically, and nothing else', async () => {
  const browser = connect({ key: 'pk_test_sandbox', httpClient: Stripe.createNodeHttpClient() });
  const confirm = ({ id, client_secret }) => browser.paymentIntents.confirm(id, {
    client_secret, payment_method: 'pm_card_visa', use_stripe_sdk: true, return_url: 'https://shop.example/back',
  });
  const waiting = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', ...types('card') });

  await refused(confirm({ ...waiting, client_secret: 'guessed' }));
  assert.equal((await confirm(waiting)).status, 'succeeded');

  await refused(confirm(await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', ...types('card'), confirmation_method: 'manual',
  })));
});
