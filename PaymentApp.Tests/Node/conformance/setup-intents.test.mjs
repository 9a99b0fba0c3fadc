import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { connect, control, pay, refused, stripe, test, typeCard, types } from './support/sandbox.mjs';

const answerBank = (intent, outcome) => control('POST', `setup_intents/${intent.id}/challenge`, { outcome });

const setUp = (paymentMethod, more) => stripe.setupIntents.create({
  payment_method: paymentMethod, ...types('card'), confirm: true, use_stripe_sdk: true, ...more,
});

test('A card is set up without a payment, and belongs to its customer', async () => {
  const customer = await stripe.customers.create();
  const waiting = await stripe.setupIntents.create({
    customer: customer.id, ...types('card'), description: 'For later', metadata: { plan: 'gold' },
  });
  assert.match(waiting.id, /^seti_/);
  assert.ok(waiting.client_secret.startsWith(`${waiting.id}_secret_`));
  assert.deepEqual([waiting.status, waiting.usage, waiting.payment_method], ['requires_payment_method', 'off_session', null]);

  const done = await stripe.setupIntents.confirm(waiting.id, { payment_method: 'pm_card_visa' });

  assert.equal(done.status, 'succeeded');
  assert.equal((await stripe.paymentMethods.retrieve(done.payment_method)).customer, customer.id);
  const read = await stripe.setupIntents.retrieve(waiting.id, { expand: ['payment_method', 'customer'] });
  assert.deepEqual([read.payment_method.card.last4, read.customer.id, read.metadata], ['4242', customer.id, { plan: 'gold' }]);
  assert.equal((await pay(done.payment_method, { customer: customer.id, off_session: true })).status, 'succeeded');
});

test('The bank may want to hear from the shopper first; then it does not any more', async () => {
  const customer = await stripe.customers.create();
  const method = await typeCard('4000002500003155');
  const asked = await setUp(method.id, { customer: customer.id });
  assert.equal(asked.status, 'requires_action');
  assert.equal(asked.next_action.type, 'use_stripe_sdk');

  await answerBank(asked, 'succeed');

  assert.equal((await stripe.setupIntents.retrieve(asked.id)).status, 'succeeded');
  assert.equal((await pay(method.id, { customer: customer.id, off_session: true })).status, 'succeeded');
});

test('A failed challenge leaves the setup without a card', async () => {
  const asked = await setUp('pm_card_authenticationRequired');

  await answerBank(asked, 'fail');

  const failed = await stripe.setupIntents.retrieve(asked.id);
  assert.equal(failed.status, 'requires_payment_method');
  assert.equal(failed.last_setup_error.code, 'setup_intent_authentication_failure');
  assert.equal((await stripe.setupIntents.confirm(asked.id, { payment_method: 'pm_card_visa' })).status, 'succeeded');
});

test('Without Stripe.js the shopper is sent to the bank', async () => {
  const asked = await setUp('pm_card_authenticationRequired', { use_stripe_sdk: undefined, return_url: 'https://shop.example/back' });

  assert.equal(asked.next_action.type, 'redirect_to_url');
  assert.equal((await fetch(asked.next_action.redirect_to_url.url)).status, 200);
});

test('A declined card cannot be set up', async () => {
  const error = await refused(setUp('pm_card_chargeDeclined'), Stripe.errors.StripeCardError);

  assert.deepEqual([error.statusCode, error.code, error.decline_code], [402, 'card_declined', 'generic_decline']);
  assert.equal(error.setup_intent.status, 'requires_payment_method');
  assert.equal(error.setup_intent.last_setup_error.code, 'card_declined');
});

test('Each try to set a card up is kept', async () => {
  const asked = await setUp('pm_card_authenticationRequired');
  await answerBank(asked, 'fail');
  const done = await stripe.setupIntents.confirm(asked.id, { payment_method: 'pm_card_visa', expand: ['latest_attempt'] });
  assert.equal(done.latest_attempt.status, 'succeeded');

  const { data } = await stripe.setupAttempts.list({ setup_intent: asked.id, expand: ['data.payment_method'] });

  assert.deepEqual(data.map(attempt => attempt.status), ['succeeded', 'failed']);
  assert.equal(data[0].payment_method.card.last4, '4242');
  assert.equal(data[1].setup_error.code, 'setup_intent_authentication_failure');
});

test('A setup is changed, listed and canceled', async () => {
  const customer = await stripe.customers.create();
  const { id } = await stripe.setupIntents.create({ ...types('card') });

  assert.equal((await stripe.setupIntents.update(id, { customer: customer.id, description: 'Later' })).customer, customer.id);
  assert.deepEqual((await stripe.setupIntents.list({ customer: customer.id })).data.map(intent => intent.id), [id]);
  const canceled = await stripe.setupIntents.cancel(id, { cancellation_reason: 'abandoned' });
  assert.deepEqual([canceled.status, canceled.cancellation_reason], ['canceled', 'abandoned']);
  const error = await refused(stripe.setupIntents.confirm(id, { payment_method: 'pm_card_visa' }));
  assert.equal(error.code, 'setup_intent_unexpected_state');
  assert.equal(error.setup_intent.id, id);
});

test('Setups are told as events', async () => {
  const done = await setUp('pm_card_visa');
  const asked = await setUp('pm_card_authenticationRequired');
  await refused(setUp('pm_card_chargeDeclined'), Stripe.errors.StripeCardError);

  const { data } = await stripe.events.list({ types: [
    'setup_intent.created', 'setup_intent.requires_action', 'setup_intent.setup_failed', 'setup_intent.succeeded',
  ], limit: 6 });

  assert.deepEqual(data.map(event => event.type).reverse(), [
    'setup_intent.created', 'setup_intent.succeeded', 'setup_intent.created', 'setup_intent.requires_action',
    'setup_intent.created', 'setup_intent.setup_failed',
  ]);
  assert.deepEqual([data[4].data.object.id, data[2].data.object.id], [done.id, asked.id]);
});

test('A page with the client secret reads and confirms its own setup only', async () => {
  const waiting = await stripe.setupIntents.create({ ...types('card') });
  const browser = connect({ key: 'pk_test_sandbox', httpClient: Stripe.createNodeHttpClient() });

  await refused(browser.setupIntents.retrieve(waiting.id, { client_secret: 'guessed' }));
  assert.equal((await browser.setupIntents.retrieve(waiting.id, { client_secret: waiting.client_secret })).status, 'requires_payment_method');
});

test('Nobody answers for an unknown setup', async () => {
  const error = await refused(stripe.setupIntents.retrieve('seti_nobody'));

  assert.deepEqual([error.statusCode, error.code], [404, 'resource_missing']);
  assert.equal(error.message, "No such setupintent: 'seti_nobody'");
});
