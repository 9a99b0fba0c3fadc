import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { address, advance, answerBank, guide, pay, refused, stripe, test, typeCard, types } from './support/sandbox.mjs';

const bankCard = 'pm_card_authenticationRequired';

test('The guide: the bank asks, the shopper passes, the server confirms again', async () => {
  const asked = await pay(bankCard);
  assert.equal(asked.status, 'requires_action');
  assert.equal(asked.next_action.type, 'use_stripe_sdk');
  assert.equal(asked.latest_charge, null);
  assert.deepEqual((await stripe.charges.list({ payment_intent: asked.id })).data, []);

  const passed = await answerBank(asked, 'succeed');
  assert.equal(passed.status, 'requires_confirmation');
  assert.equal((await stripe.paymentIntents.retrieve(asked.id)).next_action, null);

  const paid = await stripe.paymentIntents.confirm(asked.id, { expand: ['latest_charge'] });
  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.latest_charge.payment_method_details.card.three_d_secure.result, 'authenticated');
});

test('The guide: a shopper who fails the challenge needs a fresh PaymentMethod', async () => {
  const method = await typeCard('4000002760003184');
  const asked = await pay(method.id);

  const failed = await answerBank(asked, 'fail');
  assert.equal(failed.status, 'requires_payment_method');
  const intent = await stripe.paymentIntents.retrieve(asked.id);
  assert.equal(intent.last_payment_error.code, 'payment_intent_authentication_failure');
  assert.equal(intent.last_payment_error.payment_method.id, method.id);
  assert.equal(intent.latest_charge, null);
  assert.equal((await refused(stripe.paymentIntents.confirm(asked.id, { payment_method: method.id }))).statusCode, 400);

  assert.equal((await stripe.paymentIntents.confirm(asked.id, { payment_method: 'pm_card_visa' })).status, 'succeeded');
});

test('The guide: an answered challenge that nobody confirms lapses within the hour', async () => {
  const asked = await pay(bankCard);
  await answerBank(asked, 'succeed');

  await advance(3600);

  assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, 'requires_payment_method');
});

test('A challenge that nobody answers lapses too', async () => {
  const asked = await pay(bankCard);

  await advance(3600);

  assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, 'requires_payment_method');
});

test('Confirming again while the bank waits leads back to the bank', async () => {
  const asked = await pay(bankCard);

  const again = await stripe.paymentIntents.confirm(asked.id);

  assert.equal(again.status, 'requires_action');
});

test('A declined charge after a passed challenge is a decline', async () => {
  const asked = await pay('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds');
  await answerBank(asked, 'succeed');

  const error = await refused(stripe.paymentIntents.confirm(asked.id), Stripe.errors.StripeCardError);

  assert.deepEqual([error.code, error.decline_code], ['card_declined', 'insufficient_funds']);
  assert.equal(error.payment_intent.status, 'requires_payment_method');
});

test('With automatic confirmation the answer to the bank is the end of it', async () => {
  const asked = await stripe.paymentIntents.create({
    amount: 1999, currency: 'usd', confirm: true, payment_method: bankCard, ...types('card'), use_stripe_sdk: true,
  });
  assert.equal(asked.status, 'requires_action');

  await answerBank(asked, 'succeed');

  assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, 'succeeded');
});

test('The basic integration: whoever cannot act on the bank\'s question gets an error', async () => {
  const error = await refused(
    stripe.paymentIntents.create({ ...guide(bankCard), use_stripe_sdk: undefined, error_on_requires_action: true }),
    Stripe.errors.StripeCardError);

  assert.deepEqual(
    [error.statusCode, error.code, error.decline_code], [402, 'authentication_required', 'authentication_not_handled']);
  assert.equal(error.payment_intent.status, 'requires_payment_method');
  assert.equal(error.payment_intent.last_payment_error.decline_code, 'authentication_not_handled');
  assert.equal(error.payment_intent.latest_charge, null);
});

test('Off session nobody can be asked: the payment is declined', async () => {
  const error = await refused(pay(bankCard, { off_session: true, use_stripe_sdk: undefined }), Stripe.errors.StripeCardError);

  assert.deepEqual([error.statusCode, error.code, error.decline_code], [402, 'authentication_required', 'authentication_required']);
  assert.equal(error.payment_intent.latest_charge, null);
});

test('A card that was set up pays off session, and is asked when the shopper is there', async () => {
  const customer = await stripe.customers.create();
  const method = await typeCard('4000002500003155');
  const asked = await pay(method.id, { customer: customer.id, setup_future_usage: 'off_session' });
  assert.equal(asked.status, 'requires_action');
  await answerBank(asked, 'succeed');
  assert.equal((await stripe.paymentIntents.confirm(asked.id)).status, 'succeeded');

  assert.equal((await pay(method.id, { customer: customer.id, off_session: true })).status, 'succeeded');
  assert.equal((await pay(method.id, { customer: customer.id })).status, 'requires_action');
});

const returnUrl = 'https://shop.example/back?order=42';

/** Does in the bank's page what the shopper's browser does, and comes back with where the bank sends it. */
async function visitBank(intent, button) {
  const page = await fetch(intent.next_action.redirect_to_url.url);
  const markup = await page.text();
  const [, action] = markup.match(/<form[^>]* action="([^"]+)"/);
  const [, secret] = markup.match(/name="client_secret" value="([^"]+)"/);
  const [, outcome] = markup.match(new RegExp(`id="${button}" name="outcome" value="([^"]+)"`));
  const answer = await fetch(new URL(action, page.url), {
    method: 'POST', body: new URLSearchParams({ client_secret: secret, outcome }), redirect: 'manual',
  });
  assert.equal(answer.status, 303);
  return new URL(answer.headers.get('location'));
}

const payByRedirect = more => stripe.paymentIntents.create({
  ...guide(bankCard), use_stripe_sdk: undefined, return_url: returnUrl, ...more,
});

test('Without Stripe.js the shopper is sent to the bank and back', async () => {
  const asked = await payByRedirect();
  assert.equal(asked.next_action.type, 'redirect_to_url');
  assert.equal(asked.next_action.redirect_to_url.return_url, returnUrl);
  assert.equal(new URL(asked.next_action.redirect_to_url.url).host, address.host);

  const back = await visitBank(asked, 'test-source-authorize-3ds');

  assert.ok(back.href.startsWith(returnUrl), back.href);
  assert.equal(back.searchParams.get('payment_intent'), asked.id);
  assert.equal(back.searchParams.get('payment_intent_client_secret'), asked.client_secret);
  assert.equal((await stripe.paymentIntents.confirm(asked.id)).status, 'succeeded');
});

test('A shopper who fails at the bank comes back as well', async () => {
  const asked = await payByRedirect({ confirmation_method: 'automatic' });

  const back = await visitBank(asked, 'test-source-fail-3ds');

  assert.equal(back.searchParams.get('payment_intent'), asked.id);
  assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, 'requires_payment_method');
});

test('3D Secure on demand: an optional card is asked when the shop wants it', async () => {
  assert.equal((await pay('pm_card_threeDSecureOptional')).status, 'succeeded');

  const asked = await pay('pm_card_threeDSecureOptional', { payment_method_options: { card: { request_three_d_secure: 'any' } } });

  assert.equal(asked.status, 'requires_action');
});
