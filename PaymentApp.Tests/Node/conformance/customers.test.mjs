import assert from 'node:assert/strict';
import { advance, pay, refused, stripe, test } from './support/sandbox.mjs';

const jenny = {
  name: 'Jenny Rosen',
  email: 'jenny@example.com',
  phone: '+15555550100',
  description: 'Likes socks',
  address: { line1: '1 Main St', line2: 'Flat 2', city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' },
  shipping: {
    name: 'Jenny Rosen',
    phone: '+15555550100',
    address: { line1: '2 Side St', line2: 'Back door', city: 'Springfield', state: 'IL', postal_code: '62702', country: 'US' },
  },
  preferred_locales: ['en', 'fr'],
  metadata: { tier: 'gold' },
};

test('A customer is kept as described', async () => {
  const customer = await stripe.customers.create(jenny);

  assert.match(customer.id, /^cus_/);
  for (const [name, value] of Object.entries(jenny)) {
    assert.deepEqual(customer[name], name === 'shipping' ? { ...customer.shipping, ...value } : value, name);
  }
  assert.deepEqual([customer.livemode, customer.invoice_settings.default_payment_method], [false, null]);
  assert.deepEqual({ ...await stripe.customers.retrieve(customer.id) }, { ...customer });
});

test('A customer of whom nothing is known is one, too', async () => {
  const customer = await stripe.customers.create();

  assert.deepEqual([customer.name, customer.email, customer.address, customer.shipping], [null, null, null, null]);
  assert.deepEqual(customer.metadata, {});
});

test('An update changes what it names, and an empty text clears', async () => {
  const { id } = await stripe.customers.create(jenny);

  const changed = await stripe.customers.update(id, { email: 'rosen@example.com', phone: '', shipping: '', metadata: { tier: '', since: '2026' } });

  assert.deepEqual([changed.email, changed.phone, changed.shipping, changed.name], ['rosen@example.com', null, null, 'Jenny Rosen']);
  assert.deepEqual(changed.metadata, { since: '2026' });
});

test('Customers are listed and found by their address', async () => {
  const email = `jenny-${Date.now()}@example.com`;
  const { id } = await stripe.customers.create({ email });
  await stripe.customers.create({ email: 'other@example.com' });

  assert.deepEqual((await stripe.customers.list({ email })).data.map(customer => customer.id), [id]);
  assert.equal((await stripe.customers.list({ limit: 1 })).has_more, true);
});

test('A card can be the one that is charged by default', async () => {
  const { id } = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });

  const customer = await stripe.customers.update(id, {
    invoice_settings: { default_payment_method: method.id },
    expand: ['invoice_settings.default_payment_method'],
  });

  assert.equal(customer.invoice_settings.default_payment_method.card.last4, '4242');
});

test('A customer may come with a card', async () => {
  const customer = await stripe.customers.create({ payment_method: 'pm_card_visa' });

  assert.deepEqual((await stripe.customers.listPaymentMethods(customer.id)).data.map(method => method.card.last4), ['4242']);
});

test('A payment knows its customer, and so do its charge and its events', async () => {
  const customer = await stripe.customers.create({ name: 'Jenny Rosen' });

  const paid = await pay('pm_card_visa', { customer: customer.id, expand: ['customer', 'latest_charge.customer'] });

  assert.deepEqual([paid.customer.name, paid.latest_charge.customer.name], ['Jenny Rosen', 'Jenny Rosen']);
  assert.deepEqual((await stripe.charges.list({ customer: customer.id })).data.map(charge => charge.id), [paid.latest_charge.id]);
  const { data: [event] } = await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 });
  assert.equal(event.data.object.customer, customer.id);
});

test('A deleted customer is gone, but its id still says so', async () => {
  const { id } = await stripe.customers.create(jenny);
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });

  assert.deepEqual({ ...await stripe.customers.del(id) }, { id, object: 'customer', deleted: true });

  assert.deepEqual({ ...await stripe.customers.retrieve(id) }, { id, object: 'customer', deleted: true });
  assert.ok((await stripe.customers.list({ limit: 100 })).data.every(customer => customer.id !== id));
  assert.equal((await stripe.paymentMethods.retrieve(method.id)).customer, null);
  await refused(stripe.customers.update(id, { name: 'Jenny' }));
  await refused(pay('pm_card_visa', { customer: id }));
});

test('What happens to a customer and to its cards is told', async () => {
  const { id } = await stripe.customers.create(jenny);
  await stripe.customers.update(id, { name: 'J. Rosen' });
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
  await stripe.paymentMethods.detach(method.id);
  await stripe.customers.del(id);
  await advance(1);

  const { data } = await stripe.events.list({ limit: 20 });
  const own = data.filter(event => [id, method.id].includes(event.data.object.id)).reverse();

  assert.deepEqual(own.map(event => event.type), [
    'customer.created', 'customer.updated', 'payment_method.attached', 'payment_method.detached', 'customer.deleted',
  ]);
  assert.equal(own[1].data.previous_attributes.name, 'Jenny Rosen');
  assert.equal(own[3].data.previous_attributes.customer, id);
});

test('A customer\'s mail address has to be one', async () => {
  const error = await refused(stripe.customers.create({ email: 'jenny' }));

  assert.deepEqual([error.code, error.param], ['email_invalid', 'email']);
});
