import assert from 'node:assert/strict';
import { problemsOf } from './support/published-types.mjs';
import { pay, stripe, test } from './support/sandbox.mjs';

const broken = [
  ['a key that is missing', intent => delete intent.amount_received, 'payment_intent.amount_received is missing'],
  ['a key that Stripe does not know', intent => (intent.colour = 'red'), 'payment_intent.colour is unknown'],
  ['null where there is always a value', intent => (intent.status = null), 'payment_intent.status is null'],
  ['a text in place of a number', intent => (intent.amount = '1999'), 'payment_intent.amount is "1999"'],
  ['a number in place of a text', intent => (intent.metadata.order = 42), 'payment_intent.metadata.order is 42'],
  ['a number in place of true', intent => (intent.livemode = 0), 'payment_intent.livemode is 0'],
  ['an unheard-of value', intent => (intent.status = 'paid'), 'payment_intent.status is "paid"'],
  ['an unheard-of value in an open list', intent => (intent.capture_method = 'later'), 'payment_intent.capture_method is "later"'],
  ['an object in place of a list', intent => (intent.payment_method_types = {}), 'payment_intent.payment_method_types is {}'],
  ['a wrong item', intent => intent.payment_method_types.push(1), 'payment_intent.payment_method_types[1] is 1'],
  ['something deep inside', intent => (intent.latest_charge.status = 'done'), 'latest_charge.status is "done"'],
  ['another object in its place', intent => (intent.latest_charge.object = 'refund'), 'latest_charge.object is "refund"'],
];

for (const [what, spoil, expected] of broken) {
  test(`The check of answers finds ${what}`, async () => {
    const paid = await pay('pm_card_visa', { expand: ['latest_charge'], metadata: { order: '42' } });
    assert.deepEqual(problemsOf(paid), []);

    const spoilt = structuredClone({ ...paid });
    spoil(spoilt);

    assert.match(problemsOf(spoilt).join('\n'), new RegExp(expected.replace(/[[\]{}.]/g, '\\$&')));
    assert.match(problemsOf({ object: 'list', data: [spoilt], has_more: false, url: '/v1/payment_intents' }).join('\n'), /data\[0\]/);
    assert.match(problemsOf({ error: { type: 'invalid_request_error', payment_intent: spoilt } }).join('\n'), /error\.payment_intent/);
  });
}

test('The check of answers looks into the object of an event', async () => {
  const { data: [event] } = await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 });
  const spoilt = structuredClone(event);
  delete spoilt.data.object.currency;

  assert.deepEqual(problemsOf(spoilt), ['event.data.object.currency is missing']);
});
