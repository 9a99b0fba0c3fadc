import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { expYear, pay, refused, stripe, test, typeCard } from './support/sandbox.mjs';

test('A card becomes a PaymentMethod that says all but its number', async () => {
  const method = await typeCard('5555555555554444', {
    billing_details: {
      name: 'Jenny Rosen',
      email: 'jenny@example.com',
      phone: '+15555550100',
      address: { line1: '1 Main St', line2: 'Flat 2', city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' },
    },
    metadata: { plan: 'gold' },
    allow_redisplay: 'always',
  });

  assert.match(method.id, /^pm_[0-9A-Za-z]{24}$/);
  assert.equal(method.type, 'card');
  assert.equal(method.card.brand, 'mastercard');
  assert.equal(method.card.last4, '4444');
  assert.deepEqual([method.card.exp_month, method.card.exp_year], [12, expYear]);
  assert.equal(method.card.funding, 'credit');
  assert.deepEqual(method.card.networks, { available: ['mastercard'], preferred: null });
  assert.equal(method.billing_details.name, 'Jenny Rosen');
  assert.equal(method.billing_details.address.postal_code, '62701');
  assert.deepEqual(method.metadata, { plan: 'gold' });
  assert.equal(method.allow_redisplay, 'always');
  assert.equal(method.customer, null);
  assert.equal(method.livemode, false);
  assert.deepEqual({ ...await stripe.paymentMethods.retrieve(method.id) }, { ...method });
  assert.ok(!JSON.stringify(method).includes('5555555555554444'));
});

test('The same number has the same fingerprint, another has another', async () => {
  const [one, again, other] = await Promise.all([typeCard('4242424242424242'), typeCard('4242424242424242'), typeCard('4000056655665556')]);

  assert.equal(one.card.fingerprint, again.card.fingerprint);
  assert.notEqual(one.card.fingerprint, other.card.fingerprint);
  assert.notEqual(one.id, again.id);
});

test('A token of the test cards stands for a card', async () => {
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });

  assert.equal(method.card.last4, '4242');
});

test('A shopper may prefer the other network of a co-branded card', async () => {
  const method = await stripe.paymentMethods.create({
    type: 'card',
    card: { number: '4000002500001001', exp_month: 1, exp_year: expYear, cvc: '123', networks: { preferred: 'visa' } },
  });

  assert.deepEqual(method.card.networks, { available: ['cartes_bancaires', 'visa'], preferred: 'visa' });
  assert.equal(method.card.display_brand, 'visa');
});

const mistyped = [
  ['4242424242424241', {}, 'incorrect_number', 'number'],
  ['42424242', {}, 'invalid_number', 'number'],
  ['4242424242424242', { exp_month: 13 }, 'invalid_expiry_month', 'exp_month'],
  ['4242424242424242', { exp_year: 2001 }, 'invalid_expiry_year', 'exp_year'],
  ['4242424242424242', { cvc: '12' }, 'invalid_cvc', 'cvc'],
];

for (const [number, typed, code, param] of mistyped) {
  test(`A card that was mistyped is a card error: ${code}`, async () => {
    const error = await refused(
      stripe.paymentMethods.create({ type: 'card', card: { number, exp_month: 12, exp_year: expYear, cvc: '123', ...typed } }),
      Stripe.errors.StripeCardError);

    assert.deepEqual([error.statusCode, error.code, error.param], [402, code, param]);
    assert.equal(error.doc_url, `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`);
  });
}

test('A PaymentMethod is attached to a customer, listed, used again and again, and detached for good', async () => {
  const customer = await stripe.customers.create();
  const method = await typeCard('4242424242424242');

  const attached = await stripe.paymentMethods.attach(method.id, { customer: customer.id });
  assert.equal(attached.customer, customer.id);
  assert.equal((await stripe.paymentMethods.retrieve(method.id, { expand: ['customer'] })).customer.id, customer.id);
  assert.deepEqual((await stripe.paymentMethods.list({ customer: customer.id, type: 'card' })).data.map(each => each.id), [method.id]);
  assert.deepEqual((await stripe.customers.listPaymentMethods(customer.id)).data.map(each => each.id), [method.id]);
  assert.equal((await stripe.customers.retrievePaymentMethod(customer.id, method.id)).id, method.id);
  for (let purchase = 0; purchase < 2; purchase++) {
    assert.equal((await pay(method.id, { customer: customer.id })).status, 'succeeded');
  }

  const detached = await stripe.paymentMethods.detach(method.id);
  assert.equal(detached.customer, null);
  assert.deepEqual((await stripe.paymentMethods.list({ customer: customer.id })).data, []);
  await refused(pay(method.id));
  await refused(stripe.paymentMethods.attach(method.id, { customer: customer.id }));
});

test('Attaching asks the bank: a card that it declines is not attached', async () => {
  const customer = await stripe.customers.create();

  const error = await refused(
    stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id }), Stripe.errors.StripeCardError);

  assert.deepEqual([error.statusCode, error.code, error.decline_code], [402, 'card_declined', 'generic_decline']);
  assert.deepEqual((await stripe.paymentMethods.list({ customer: customer.id })).data, []);
});

test('The card that fails later attaches, and is then declined', async () => {
  const customer = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });

  const error = await refused(pay(method.id, { customer: customer.id }), Stripe.errors.StripeCardError);

  assert.equal(error.code, 'card_declined');
});

test('A PaymentMethod that was used without a customer is used up', async () => {
  const method = await typeCard('4242424242424242');
  await pay(method.id);

  const error = await refused(pay(method.id));

  assert.match(error.message, /may not be used again/);
});

test('A PaymentMethod belongs to one customer', async () => {
  const [owner, other] = await Promise.all([stripe.customers.create(), stripe.customers.create()]);
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id });

  await refused(stripe.paymentMethods.attach(method.id, { customer: other.id }));
  await refused(pay(method.id, { customer: other.id }));
  await refused(pay(method.id));
});

test('What is known of a saved card can be changed, its number cannot', async () => {
  const customer = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });

  const changed = await stripe.paymentMethods.update(method.id, {
    billing_details: { name: 'J. Rosen' }, card: { exp_month: 7, exp_year: expYear + 1 }, metadata: { label: 'work' },
  });

  assert.deepEqual([changed.billing_details.name, changed.card.exp_month, changed.card.exp_year], ['J. Rosen', 7, expYear + 1]);
  assert.deepEqual(changed.metadata, { label: 'work' });
  assert.deepEqual({ ...await stripe.paymentMethods.retrieve(method.id) }, { ...changed });
  await refused(stripe.paymentMethods.update(method.id, { card: { number: '5555555555554444' } }));
});

test('Nobody answers to an unknown id', async () => {
  const error = await refused(stripe.paymentMethods.retrieve('pm_nobody'));

  assert.deepEqual([error.statusCode, error.code, error.param], [404, 'resource_missing', 'payment_method']);
  assert.equal(error.message, "No such PaymentMethod: 'pm_nobody'");
});
