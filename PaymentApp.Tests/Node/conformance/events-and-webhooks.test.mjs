import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import Stripe from 'stripe';
import { problemsOf } from './support/published-types.mjs';
import { advance, answerBank, apiVersion, connect, control, eventually, pay, refused, stripe, test } from './support/sandbox.mjs';

const deliveries = [];
let receiver;
let url;

before(async () => {
  receiver = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    deliveries.push({ path: request.url, signature: request.headers['stripe-signature'], body: Buffer.concat(chunks) });
    response.statusCode = request.url.startsWith('/broken') ? 500 : 200;
    response.end();
  });
  await new Promise(resolve => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${receiver.address().port}`;
});

after(() => {
  receiver.close();
  receiver.closeAllConnections();
});

/** What the newest events tell of that intent, its charges and refunds, in the order in which it happened. */
async function storyOf(intent) {
  const { data } = await stripe.events.list({ limit: 30 });
  return data.filter(({ data: { object } }) => [object.id, object.payment_intent].includes(intent)).reverse();
}

const typesOf = events => events.map(event => event.type);

const received = path => deliveries.filter(delivery => delivery.path === path);

async function register(path, enabled_events = ['*'], more) {
  return stripe.webhookEndpoints.create({ url: url + path, enabled_events, ...more });
}

test('A payment is told in Stripe\'s order', async () => {
  const paid = await pay('pm_card_visa', { capture_method: 'automatic' });

  const events = await storyOf(paid.id);

  assert.deepEqual(typesOf(events), ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']);
  assert.deepEqual({ ...events[2].data.object }, { ...paid });
  assert.equal(events[0].data.object.status, 'requires_payment_method');
  assert.equal(events[2].api_version, Stripe.API_VERSION);
  assert.equal(events[2].request.id, paid.lastResponse.requestId);
});

test('A declined one as well', async () => {
  const { payment_intent: intent } = await refused(pay('pm_card_chargeDeclined'), Stripe.errors.StripeCardError);

  assert.deepEqual(typesOf(await storyOf(intent.id)), ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']);
});

test('None tells of requires_confirmation', async () => {
  const asked = await pay('pm_card_authenticationRequired', { capture_method: 'automatic' });
  await answerBank(asked, 'succeed');
  assert.deepEqual(typesOf(await storyOf(asked.id)), ['payment_intent.created', 'payment_intent.requires_action']);

  await stripe.paymentIntents.confirm(asked.id);

  assert.deepEqual(typesOf(await storyOf(asked.id)).slice(2), ['charge.succeeded', 'payment_intent.succeeded']);
});

test('An authorization, its capture, a refund', async () => {
  const held = await pay('pm_card_visa', { capture_method: 'manual' });
  await stripe.paymentIntents.capture(held.id);
  await stripe.refunds.create({ payment_intent: held.id });

  assert.deepEqual(typesOf(await storyOf(held.id)), [
    'payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated', 'charge.captured',
    'payment_intent.succeeded', 'refund.created', 'charge.refunded',
  ]);
});

test('An update tells what was before', async () => {
  const paid = await pay('pm_card_visa', { capture_method: 'automatic' });
  await stripe.refunds.create({ payment_intent: paid.id, amount: 500 });

  const refunded = (await storyOf(paid.id)).find(event => event.type === 'charge.refunded');

  assert.equal(refunded.data.previous_attributes.amount_refunded, 0);
  assert.equal(refunded.data.object.amount_refunded, 500);
});

test('Cancellation, a slow refund that fails, and a dispute are told', async () => {
  const canceled = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  await stripe.paymentIntents.cancel(canceled.id);
  assert.deepEqual(typesOf(await storyOf(canceled.id)), ['payment_intent.created', 'payment_intent.canceled']);

  const paid = await pay('pm_card_refundFail');
  await stripe.refunds.create({ payment_intent: paid.id });
  await advance(60);
  assert.ok(typesOf(await storyOf(paid.id)).includes('refund.failed'));

  const disputed = await pay('pm_card_createDispute');
  await advance(1);
  assert.ok(typesOf(await storyOf(disputed.id)).includes('charge.dispute.created'));
});

test('An event can be read by its id, and events by their type', async () => {
  const paid = await pay('pm_card_visa');
  const { data: [newest] } = await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 });
  assert.equal(newest.data.object.id, paid.id);

  assert.deepEqual({ ...await stripe.events.retrieve(newest.id) }, { ...newest });
  const { data } = await stripe.events.list({ types: ['charge.succeeded', 'payment_intent.created'], limit: 20 });
  assert.deepEqual(new Set(typesOf(data)), new Set(['charge.succeeded', 'payment_intent.created']));
  assert.ok(typesOf((await stripe.events.list({ type: 'charge.*' })).data).every(type => type.startsWith('charge.')));
});

test('An endpoint is told its secret once', async () => {
  const created = await register('/secret', ['charge.succeeded', 'payment_intent.succeeded'], {
    description: 'The till', metadata: { shop: '1' }, api_version: apiVersion,
  });
  assert.match(created.secret, /^whsec_/);
  assert.deepEqual([created.status, created.description, created.metadata], ['enabled', 'The till', { shop: '1' }]);

  const { secret, ...rest } = created;
  assert.deepEqual({ ...await stripe.webhookEndpoints.retrieve(created.id) }, rest);
  assert.ok((await stripe.webhookEndpoints.list()).data.every(endpoint => !('secret' in endpoint)));

  const changed = await stripe.webhookEndpoints.update(created.id, { disabled: true, enabled_events: ['*'], url: `${url}/moved` });
  assert.deepEqual([changed.status, changed.enabled_events, changed.url], ['disabled', ['*'], `${url}/moved`]);
  assert.deepEqual({ ...await stripe.webhookEndpoints.del(created.id) }, { id: created.id, object: 'webhook_endpoint', deleted: true });
  assert.equal((await refused(stripe.webhookEndpoints.retrieve(created.id))).statusCode, 404);
});

// Payments of the tests before are captured a little later, and an endpoint for everything would be told.
const ofPayment = ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'];

test('Deliveries are signed, in order, and the client takes them for Stripe\'s', async () => {
  const endpoint = await register('/till', ofPayment);
  const paid = await pay('pm_card_visa', { capture_method: 'automatic' });

  const sent = await eventually(() => received('/till').length === 3 && received('/till'));

  const events = sent.map(({ body, signature }) => stripe.webhooks.constructEvent(body, signature, endpoint.secret));
  assert.deepEqual(typesOf(events), ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']);
  assert.equal(events[2].data.object.id, paid.id);
  assert.deepEqual(events.flatMap(problemsOf), []);
  assert.throws(() => stripe.webhooks.constructEvent(sent[0].body, sent[0].signature, 'whsec_guessed'),
    Stripe.errors.StripeSignatureVerificationError);
  assert.throws(() => stripe.webhooks.constructEvent(sent[0].body + ' ', sent[0].signature, endpoint.secret),
    Stripe.errors.StripeSignatureVerificationError);
  assert.deepEqual({ ...await stripe.events.retrieve(events[2].id), pending_webhooks: 0 }, { ...events[2], pending_webhooks: 0 });
  await stripe.webhookEndpoints.del(endpoint.id);
});

test('An endpoint gets what it asked for, and nothing once it is disabled', async () => {
  const endpoint = await register('/chosen', ['payment_intent.succeeded']);
  await pay('pm_card_visa');
  await eventually(() => received('/chosen').length === 1);
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  const watcher = await register('/watcher', ['payment_intent.succeeded']);

  await pay('pm_card_visa');
  await eventually(() => received('/watcher').length === 1);

  assert.equal(received('/chosen').length, 1);
  await stripe.webhookEndpoints.del(endpoint.id);
  await stripe.webhookEndpoints.del(watcher.id);
});

test('What was not taken is sent again, later and later', async () => {
  const endpoint = await register('/broken', ['payment_intent.succeeded']);
  const paid = await pay('pm_card_visa');
  const { data: [event] } = await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 });
  await eventually(() => received('/broken').length === 1);
  assert.equal((await stripe.events.retrieve(event.id)).pending_webhooks, 1);

  for (const [tries, pause] of [[2, 1], [3, 5], [4, 30]]) {
    await eventually(async () => {
      const { deliveries: all } = await control('GET', 'deliveries');
      return all.some(delivery => delivery.event === event.id && delivery.retry_at !== null);
    });
    await advance(pause);
    await eventually(() => received('/broken').length === tries);
  }

  const bodies = new Set(received('/broken').map(delivery => JSON.parse(delivery.body).data.object.id));
  assert.deepEqual([...bodies], [paid.id]);
  await stripe.webhookEndpoints.del(endpoint.id);
});

test('Deliveries can be held, let go in another order, and doubled', async () => {
  const endpoint = await register('/late', ofPayment);
  await control('POST', 'deliveries', { hold: 'true', copies: '2' });
  await pay('pm_card_visa', { capture_method: 'automatic' });
  assert.equal((await control('GET', 'deliveries')).held, 3);
  assert.equal(received('/late').length, 0);

  await control('POST', 'deliveries', { release: 'reversed' });

  const sent = await eventually(() => received('/late').length === 6 && received('/late'));
  assert.deepEqual(sent.map(({ body }) => JSON.parse(body).type), [
    'payment_intent.succeeded', 'payment_intent.succeeded', 'charge.succeeded', 'charge.succeeded',
    'payment_intent.created', 'payment_intent.created',
  ]);
  await control('POST', 'deliveries', { copies: '1' });
  await stripe.webhookEndpoints.del(endpoint.id);
});

test('An endpoint under a secret of one\'s own choice', async () => {
  const { id } = await control('POST', 'webhook_endpoints', { url: `${url}/own`, secret: 'whsec_of_my_own' });
  await pay('pm_card_visa');

  const [first] = await eventually(() => received('/own').length > 0 && received('/own'));

  assert.equal(stripe.webhooks.constructEvent(first.body, first.signature, 'whsec_of_my_own').object, 'event');
  await stripe.webhookEndpoints.del(id);
});

test('An endpoint that is pinned to another version is told in that one', async () => {
  const endpoint = await register('/clover', ['payment_intent.succeeded'], { api_version: '2025-10-29.clover' });
  await pay('pm_card_visa');

  const [sent] = await eventually(() => received('/clover').length > 0 && received('/clover'));

  assert.equal(JSON.parse(sent.body).api_version, '2025-10-29.clover');
  await stripe.webhookEndpoints.del(endpoint.id);
});

test('An address that cannot be one is refused', async () => {
  await refused(stripe.webhookEndpoints.create({ url: 'till', enabled_events: ['*'] }));
  await refused(stripe.webhookEndpoints.create({ url: `${url}/x` }));
  await refused(connect({ key: 'pk_test_sandbox' }).webhookEndpoints.list(), Stripe.errors.StripePermissionError);
});
