import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { advance, control, pay, refused, stripe, test } from './support/sandbox.mjs';

test('A charge tells what the bank and the risk rules said', async () => {
  const paid = await pay('pm_card_visa', { shipping: { name: 'Jenny Rosen', address: { line1: '1 Main St' } } });

  const charge = await stripe.charges.retrieve(paid.latest_charge);

  assert.match(charge.id, /^ch_/);
  assert.deepEqual([charge.status, charge.paid, charge.captured, charge.refunded, charge.disputed], ['succeeded', true, true, false, false]);
  assert.deepEqual([charge.amount, charge.amount_captured, charge.amount_refunded], [1999, 1999, 0]);
  assert.equal(charge.payment_intent, paid.id);
  assert.equal(charge.payment_method, paid.payment_method);
  assert.equal(charge.payment_method_details.card.last4, '4242');
  assert.deepEqual(
    [charge.outcome.type, charge.outcome.network_status, charge.outcome.risk_level], ['authorized', 'approved_by_network', 'normal']);
  assert.equal(charge.shipping.name, 'Jenny Rosen');
  assert.equal(charge.failure_code, null);
});

test('A failed charge says why', async () => {
  const { charge: id } = await refused(pay('pm_card_chargeDeclinedInsufficientFunds'), Stripe.errors.StripeCardError);

  const charge = await stripe.charges.retrieve(id);

  assert.deepEqual([charge.status, charge.paid, charge.captured], ['failed', false, false]);
  assert.equal(charge.failure_code, 'card_declined');
  assert.equal(charge.outcome.reason, 'insufficient_funds');
  assert.equal(charge.outcome.network_status, 'declined_by_network');
  assert.equal(charge.balance_transaction, null);
});

test('The charges of an intent are listed, the failed ones too', async () => {
  const { payment_intent: intent } = await refused(pay('pm_card_chargeDeclined'), Stripe.errors.StripeCardError);
  await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });

  const { data } = await stripe.charges.list({ payment_intent: intent.id });

  assert.deepEqual(data.map(charge => charge.status), ['succeeded', 'failed']);
});

test('A charge carries its balance transaction', async () => {
  const paid = await pay('pm_card_visa', { capture_method: 'automatic', expand: ['latest_charge.balance_transaction'] });

  const entry = paid.latest_charge.balance_transaction;

  assert.deepEqual([entry.amount, entry.currency, entry.type, entry.status], [1999, 'usd', 'charge', 'pending']);
  assert.equal(entry.net, entry.amount - entry.fee);
  assert.equal(entry.fee_details.reduce((sum, fee) => sum + fee.amount, 0), entry.fee);
  const read = await stripe.balanceTransactions.retrieve(entry.id, { expand: ['source'] });
  assert.equal(read.source.id, paid.latest_charge.id);
});

test('The card that skips the wait is available at once', async () => {
  const paid = await pay('pm_card_bypassPending', { capture_method: 'automatic', expand: ['latest_charge.balance_transaction'] });

  assert.equal(paid.latest_charge.balance_transaction.status, 'available');
});

test('A full refund gives all of it back', async () => {
  const paid = await pay('pm_card_visa');

  const refund = await stripe.refunds.create({ payment_intent: paid.id, reason: 'requested_by_customer', metadata: { ticket: '7' } });

  assert.deepEqual(
    [refund.amount, refund.currency, refund.status, refund.reason], [1999, 'usd', 'succeeded', 'requested_by_customer']);
  assert.deepEqual([refund.charge, refund.payment_intent], [paid.latest_charge, paid.id]);
  assert.deepEqual({ ...await stripe.refunds.retrieve(refund.id) }, { ...refund });
  const charge = await stripe.charges.retrieve(paid.latest_charge, { expand: ['refunds'] });
  assert.deepEqual([charge.refunded, charge.amount_refunded], [true, 1999]);
  assert.deepEqual(charge.refunds.data.map(each => each.id), [refund.id]);
  assert.equal((await stripe.paymentIntents.retrieve(paid.id)).status, 'succeeded');
  const error = await refused(stripe.refunds.create({ payment_intent: paid.id }));
  assert.equal(error.code, 'charge_already_refunded');
});

test('Partial refunds add up, and no further', async () => {
  const paid = await pay('pm_card_visa', { amount: 4000 });
  await stripe.refunds.create({ charge: paid.latest_charge, amount: 500 });

  const error = await refused(stripe.refunds.create({ charge: paid.latest_charge, amount: 4000 }));
  assert.equal(error.message, 'Refund amount ($40.00) is greater than unrefunded amount on charge ($35.00)');
  assert.equal(error.param, 'amount');

  await stripe.refunds.create({ charge: paid.latest_charge, amount: 3500 });
  assert.equal((await stripe.charges.retrieve(paid.latest_charge)).refunded, true);
  assert.deepEqual((await stripe.refunds.list({ payment_intent: paid.id })).data.map(refund => refund.amount), [3500, 500]);
  assert.deepEqual((await stripe.refunds.list({ charge: paid.latest_charge, limit: 1 })).data.map(refund => refund.amount), [3500]);
});

test('A refund may take its time', async () => {
  const paid = await pay('pm_card_pendingRefund');

  const refund = await stripe.refunds.create({ payment_intent: paid.id });
  assert.deepEqual([refund.status, refund.pending_reason], ['pending', 'processing']);

  await advance(60);
  assert.equal((await stripe.refunds.retrieve(refund.id)).status, 'succeeded');
});

test('A refund may fail after it succeeded, and the money is the shop\'s again', async () => {
  const paid = await pay('pm_card_refundFail');
  const refund = await stripe.refunds.create({ payment_intent: paid.id });
  assert.equal(refund.status, 'succeeded');

  await advance(60);

  const failed = await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] });
  assert.equal(failed.status, 'failed');
  assert.ok(failed.failure_reason);
  assert.equal(failed.failure_balance_transaction.amount, 1999);
  assert.equal((await stripe.charges.retrieve(paid.latest_charge)).refunded, false);
});

test('A refund carries its own balance transaction', async () => {
  const paid = await pay('pm_card_visa');

  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 700, expand: ['balance_transaction', 'charge', 'payment_intent'] });

  assert.deepEqual([refund.balance_transaction.amount, refund.balance_transaction.type], [-700, 'refund']);
  assert.equal(refund.balance_transaction.source, refund.id);
  assert.deepEqual([refund.charge.id, refund.payment_intent.id], [paid.latest_charge, paid.id]);
});

test('Only the metadata of a refund can be changed', async () => {
  const paid = await pay('pm_card_visa');
  const refund = await stripe.refunds.create({ payment_intent: paid.id, metadata: { ticket: '7' } });

  assert.deepEqual((await stripe.refunds.update(refund.id, { metadata: { agent: 'Kim' } })).metadata, { ticket: '7', agent: 'Kim' });
  assert.equal((await refused(stripe.refunds.update(refund.id, { amount: 1 }))).code, 'parameter_unknown');
});

test('The refund of a card cannot be canceled', async () => {
  const paid = await pay('pm_card_pendingRefund');
  const refund = await stripe.refunds.create({ payment_intent: paid.id });

  assert.equal((await refused(stripe.refunds.cancel(refund.id))).statusCode, 400);
});

test('What was not paid is not refunded', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });

  await refused(stripe.refunds.create({ payment_intent: intent.id }));
  await refused(stripe.refunds.create({}));
  assert.equal((await refused(stripe.refunds.create({ charge: 'ch_nobody' }))).code, 'resource_missing');
});

for (const [token, reason, isInquiry] of [
  ['pm_card_createDispute', 'fraudulent', false],
  ['pm_card_createDisputeProductNotReceived', 'product_not_received', false],
  ['pm_card_createDisputeInquiry', 'fraudulent', true],
]) {
  test(`A disputed charge: ${token}`, async () => {
    const paid = await pay(token, { expand: ['latest_charge'] });
    await advance(1);

    const { data: [dispute] } = await stripe.disputes.list({ payment_intent: paid.id, expand: ['data.charge', 'data.payment_intent'] });

    assert.equal(dispute.reason, reason);
    assert.equal(dispute.amount, 1999);
    assert.equal(dispute.status, isInquiry ? 'warning_needs_response' : 'needs_response');
    assert.deepEqual([dispute.charge.id, dispute.payment_intent.id], [paid.latest_charge.id, paid.id]);
    assert.equal(dispute.charge.disputed, true);
    assert.deepEqual(dispute.balance_transactions.map(entry => entry.amount), isInquiry ? [] : [-1999]);
    assert.equal((await stripe.disputes.retrieve(dispute.id)).id, dispute.id);
  });
}

test('The books balance: charged less refunded is what is left', async () => {
  const before = (await control('GET', 'books')).sums.chf ?? { net: 0 };
  const paid = await pay('pm_card_visa', { currency: 'chf', amount: 5000 });
  await refused(pay('pm_card_chargeDeclined', { currency: 'chf', amount: 7000 }), Stripe.errors.StripeCardError);
  await stripe.refunds.create({ payment_intent: paid.id, amount: 1200 });

  assert.equal((await control('GET', 'books')).sums.chf.net - before.net, 3800);
});

test('A dispute is answered, won, lost or accepted', async () => {
  const disputed = async () => (await stripe.disputes.list({ payment_intent: (await pay('pm_card_createDispute')).id })).data[0];
  const answer = async uncategorized_text => stripe.disputes.update((await disputed()).id, { evidence: { uncategorized_text }, metadata: { case: '7' } });

  assert.equal((await answer('winning_evidence')).status, 'won');
  assert.equal((await answer('losing_evidence')).status, 'lost');
  assert.equal((await answer('They wore the socks.')).status, 'under_review');
  assert.equal((await stripe.disputes.close((await disputed()).id)).status, 'lost');
});

test('A bank warns of fraud', async () => {
  const paid = await pay('pm_card_createIssuerFraudRecord');

  const { data: [warning] } = await stripe.radar.earlyFraudWarnings.list({ charge: paid.latest_charge, expand: ['data.charge'] });

  assert.deepEqual([warning.charge.id, warning.payment_intent, warning.actionable], [paid.latest_charge, paid.id, true]);
  assert.equal((await stripe.radar.earlyFraudWarnings.retrieve(warning.id)).id, warning.id);
});
