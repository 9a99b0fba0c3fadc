import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { address, connect, connectUnwatched, control, eventually, fault, guide, pay, refused, stripe, test } from './support/sandbox.mjs';

const { StripeCardError, StripeIdempotencyError, StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;

const newKey = () => `order-${randomUUID()}`;

const chargesSince = async count => (await control('GET', 'books')).charges.succeeded - count;
const charges = () => chargesSince(0);

test('The same key answers the same, and says that it does', async () => {
  const idempotencyKey = newKey();

  const first = await pay('pm_card_visa', {}, { idempotencyKey });
  const again = await pay('pm_card_visa', {}, { idempotencyKey });

  assert.deepEqual({ ...again }, { ...first });
  assert.equal(first.lastResponse.headers['idempotent-replayed'], undefined);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal(again.lastResponse.headers['original-request'], first.lastResponse.requestId);
  assert.notEqual(again.lastResponse.requestId, first.lastResponse.requestId);
  assert.equal(again.lastResponse.idempotencyKey, idempotencyKey);
});

test('Thirty simultaneous creates with one key make one charge', async () => {
  const before = await charges();
  const idempotencyKey = newKey();

  const results = await Promise.allSettled(Array.from({ length: 30 }, () => pay('pm_card_visa', {}, { idempotencyKey })));

  const paid = results.filter(result => result.status === 'fulfilled').map(result => result.value.id);
  assert.equal(new Set(paid).size, 1);
  for (const { reason } of results.filter(result => result.status === 'rejected')) {
    assert.deepEqual([reason.statusCode, reason.code], [409, 'idempotency_key_in_use']);
  }
  assert.equal(await chargesSince(before), 1);
  assert.equal((await pay('pm_card_visa', {}, { idempotencyKey })).id, paid[0]);
});

test('The same key with other parameters, or for another path, is refused', async () => {
  const idempotencyKey = newKey();
  const paid = await pay('pm_card_visa', {}, { idempotencyKey });

  const error = await refused(pay('pm_card_visa', { amount: 2999 }, { idempotencyKey }), StripeIdempotencyError);
  assert.deepEqual([error.statusCode, error.rawType, error.code, error.param], [400, 'idempotency_error', undefined, undefined]);
  assert.equal(error.message, 'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
    `Try using a key other than '${idempotencyKey}' if you meant to execute a different request.`);
  await refused(stripe.paymentIntents.cancel(paid.id, {}, { idempotencyKey }), StripeIdempotencyError);
});

test('A decline is kept under its key', async () => {
  const idempotencyKey = newKey();

  const first = await refused(pay('pm_card_chargeDeclined', {}, { idempotencyKey }), StripeCardError);
  const again = await refused(pay('pm_card_chargeDeclined', {}, { idempotencyKey }), StripeCardError);

  assert.equal(again.charge, first.charge);
  assert.equal(again.headers['idempotent-replayed'], 'true');
});

test('A request that was not valid leaves its key free', async () => {
  const idempotencyKey = newKey();
  await refused(pay('pm_card_visa', { amount: 1 }, { idempotencyKey }));

  assert.equal((await pay('pm_card_visa', {}, { idempotencyKey })).status, 'succeeded');
});

test('A request that is still running holds its key', async () => {
  const idempotencyKey = newKey();
  await fault('delay_before', 'POST /v1/payment_intents', { latency_ms: '600000' });
  const patience = new AbortController();
  const slow = fetch(new URL('/v1/payment_intents', address), {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_sandbox', 'Idempotency-Key': idempotencyKey },
    body: new URLSearchParams({ amount: '1999', currency: 'usd' }),
    signal: patience.signal,
  }).catch(() => {});
  while ((await control('GET', 'faults')).faults.every(each => each.waiting === 0));

  const error = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' }, { idempotencyKey }).catch(reason => reason);

  assert.deepEqual([error.statusCode, error.code, error.rawType], [409, 'idempotency_key_in_use', 'idempotency_error']);
  patience.abort();
  await slow;
  await control('DELETE', 'faults');
});

test('A key has at most 255 characters', async () => {
  assert.equal((await pay('pm_card_visa', {}, { idempotencyKey: 'k'.repeat(255) })).status, 'succeeded');
  await refused(pay('pm_card_visa', {}, { idempotencyKey: 'k'.repeat(256) }));
});

const patient = connect({ maxNetworkRetries: 2 });

for (const [kind, why] of [
  ['reset_before', 'the connection broke before the request was read'],
  ['reset_after', 'the answer got lost'],
  ['error_before', 'a server error before the request was executed'],
  ['error_after', 'a server error after it'],
  ['conflict', 'a conflict'],
  ['lock_timeout', 'a lock, which Stripe advises to try again'],
]) {
  test(`The client gets over it, and charges once: ${why}`, async () => {
    const before = await charges();
    await fault(kind, 'POST /v1/payment_intents');

    const paid = await patient.paymentIntents.create(guide('pm_card_visa'));

    assert.equal(paid.status, 'succeeded');
    assert.equal(await chargesSince(before), 1);
    assert.equal(paid.lastResponse.headers['idempotent-replayed'], kind.endsWith('_after') ? 'true' : undefined);
  });
}

test('A rate limit is not tried again', async () => {
  await fault('rate_limit', 'POST /v1/payment_intents');

  await refused(patient.paymentIntents.create(guide('pm_card_visa')), StripeRateLimitError);

  assert.equal((await patient.paymentIntents.create(guide('pm_card_visa'))).status, 'succeeded');
});

test('A stored server error stays, whoever asks again', async () => {
  const before = await charges();
  await fault('error_stored', 'POST /v1/payment_intents');

  const error = await refused(patient.paymentIntents.create(guide('pm_card_visa')), StripeAPIError);

  assert.equal(error.headers['idempotent-replayed'], 'true');
  assert.equal(await chargesSince(before), 1);
});

test('Patience ends after as many tries as were allowed', async () => {
  await fault('error_before', 'POST /v1/payment_intents', { count: '3' });

  await refused(patient.paymentIntents.create(guide('pm_card_visa')), StripeAPIError);

  assert.equal((await patient.paymentIntents.create(guide('pm_card_visa'))).status, 'succeeded');
});

test('An answer that takes too long is a timeout, and the payment is there', async () => {
  const before = await charges();
  const hasty = connectUnwatched({ timeout: 50 });
  const idempotencyKey = newKey();

  // On a slow machine the client may give up before it was heard.
  await eventually(async () => {
    await fault('delay_after', 'POST /v1/payment_intents', { latency_ms: '600000' });
    await refused(hasty.paymentIntents.create(guide('pm_card_visa'), { idempotencyKey }), StripeConnectionError);
    return await chargesSince(before) === 1;
  });
  await control('DELETE', 'faults');

  assert.equal((await pay('pm_card_visa', {}, { idempotencyKey })).lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal(await chargesSince(before), 1);
});
