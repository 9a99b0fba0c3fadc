import assert from 'node:assert/strict';
import { before } from 'node:test';
import { control, pay, refused, stripe, test } from './support/sandbox.mjs';

const ids = [];

before(async () => {
  await control('POST', 'reset');
  for (let index = 0; index < 25; index++) {
    ids.unshift((await stripe.paymentIntents.create({ amount: 1000 + index, currency: 'usd' })).id);
  }
});

const idsOf = list => list.data.map(each => each.id);

test('A list starts with the newest, ten at a time', async () => {
  const page = await stripe.paymentIntents.list();

  assert.equal(page.object, 'list');
  assert.equal(page.url, '/v1/payment_intents');
  assert.equal(page.has_more, true);
  assert.deepEqual(idsOf(page), ids.slice(0, 10));
});

test('Cursors lead on and back', async () => {
  const next = await stripe.paymentIntents.list({ limit: 5, starting_after: ids[9] });
  assert.deepEqual(idsOf(next), ids.slice(10, 15));

  const previous = await stripe.paymentIntents.list({ limit: 5, ending_before: ids[10] });
  assert.deepEqual(idsOf(previous), ids.slice(5, 10));
  assert.equal(previous.has_more, true);

  const last = await stripe.paymentIntents.list({ limit: 5, starting_after: ids[19] });
  assert.deepEqual(idsOf(last), ids.slice(20));
  assert.equal(last.has_more, false);
  assert.deepEqual(idsOf(await stripe.paymentIntents.list({ limit: 3, ending_before: ids[2] })), ids.slice(0, 2));
});

test('The client pages by itself, forwards and backwards', async () => {
  const found = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 10 })) {
    found.push(intent.id);
  }
  assert.deepEqual(found, ids);

  const backwards = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 10, ending_before: ids[24] })) {
    backwards.push(intent.id);
  }
  assert.deepEqual(backwards, ids.slice(0, 24).reverse());
  assert.equal((await stripe.paymentIntents.list({ limit: 7 }).autoPagingToArray({ limit: 20 })).length, 20);
});

test('A limit outside 1 to 100 is taken as the nearest, a word is refused', async () => {
  assert.equal((await stripe.paymentIntents.list({ limit: 0 })).data.length, 1);
  assert.equal((await stripe.paymentIntents.list({ limit: 101 })).data.length, 25);
  assert.equal((await refused(stripe.paymentIntents.list({ limit: 'abc' }))).message, 'Invalid integer: abc');
});

test('A list can be cut by time', async () => {
  const { created } = await stripe.paymentIntents.retrieve(ids[0]);

  assert.equal((await stripe.paymentIntents.list({ created: { gte: created + 1 } })).data.length, 0);
  assert.equal((await stripe.paymentIntents.list({ created: { gte: created - 3600, lte: created }, limit: 100 })).data.length, 25);
  assert.equal((await stripe.paymentIntents.list({ created: { gt: created } })).data.length, 0);
  assert.equal((await stripe.paymentIntents.list({ created: { lt: created - 3600 } })).data.length, 0);
  assert.ok((await stripe.paymentIntents.list({ created, limit: 100 })).data.every(intent => intent.created === created));
});

test('A cursor that nobody knows is refused', async () => {
  const error = await refused(stripe.paymentIntents.list({ starting_after: 'pi_nobody' }));

  assert.deepEqual([error.code, error.param], ['resource_missing', 'starting_after']);
});

test('Expanded properties are objects, at any depth', async () => {
  const paid = await pay('pm_card_visa', { capture_method: 'automatic' });
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 100 });

  const whole = await stripe.paymentIntents.retrieve(paid.id, {
    expand: ['payment_method', 'latest_charge.balance_transaction', 'latest_charge.refunds'],
  });
  assert.equal(whole.payment_method.card.last4, '4242');
  assert.equal(whole.latest_charge.balance_transaction.object, 'balance_transaction');
  assert.deepEqual(idsOf(whole.latest_charge.refunds), [refund.id]);

  const deep = await stripe.refunds.retrieve(refund.id, { expand: ['charge.payment_intent.latest_charge.payment_intent'] });
  assert.equal(deep.charge.payment_intent.latest_charge.payment_intent.id, paid.id);
});

test('The items of a list are expanded by data.', async () => {
  const paid = await pay('pm_card_visa');

  const { data: [first] } = await stripe.paymentIntents.list({ limit: 1, expand: ['data.latest_charge.payment_intent', 'data.payment_method'] });

  assert.equal(first.id, paid.id);
  assert.equal(first.latest_charge.payment_intent.id, paid.id);
  assert.equal(first.payment_method.object, 'payment_method');
});

test('Updates and confirmations expand as well', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd', payment_method: 'pm_card_visa', expand: ['payment_method'] });
  assert.equal(intent.payment_method.object, 'payment_method');

  const paid = await stripe.paymentIntents.confirm(intent.id, { return_url: 'https://shop.example/', expand: ['latest_charge'] });

  assert.equal(paid.latest_charge.object, 'charge');
});

for (const path of ['amount', 'latest_charge.amount', 'nothing', 'data.latest_charge']) {
  test(`What is no reference is not expanded: ${path}`, async () => {
    const error = await refused(stripe.paymentIntents.retrieve(ids[0], { expand: [path] }));

    assert.match(error.message, /cannot be expanded/);
  });
}

test('More than four levels are refused', async () => {
  const error = await refused(stripe.paymentIntents.retrieve(ids[0], {
    expand: ['latest_charge.payment_intent.latest_charge.payment_intent.latest_charge'],
  }));

  assert.match(error.message, /more than 4 levels/);
});
