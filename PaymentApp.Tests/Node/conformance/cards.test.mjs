// https://docs.stripe.com/testing: every card there that concerns card payments, by number and by token.
import assert from 'node:assert/strict';
import Stripe from 'stripe';
import { advance, answerBank, guide, pay, refused, stripe, test, typeCard } from './support/sandbox.mjs';

const brands = [
  ['visa', 'credit', ['4242424242424242'], ['pm_card_visa']],
  ['visa', 'debit', ['4000056655665556'], ['pm_card_visa_debit']],
  ['mastercard', 'credit', ['5555555555554444', '2223003122003222'], ['pm_card_mastercard']],
  ['mastercard', 'debit', ['5200828282828210'], ['pm_card_mastercard_debit']],
  ['mastercard', 'prepaid', ['5105105105105100'], ['pm_card_mastercard_prepaid']],
  ['amex', 'credit', ['378282246310005', '371449635398431'], ['pm_card_amex']],
  ['discover', 'credit', ['6011111111111117', '6011000990139424'], ['pm_card_discover']],
  ['discover', 'debit', ['6011981111111113'], []],
  ['diners', 'credit', ['3056930009020004', '36227206271667'], ['pm_card_diners']],
  ['jcb', 'credit', ['3566002020360505'], ['pm_card_jcb']],
  ['unionpay', 'credit', ['6200000000000005', '6205500000000000004'], ['pm_card_unionpay']],
  ['unionpay', 'debit', ['6200000000000047'], []],
  ['visa', 'credit', ['4000002500001001'], ['pm_card_visa_cartesBancaires']],
  ['mastercard', 'credit', ['5555552500001001'], []],
  ['visa', 'credit', ['4000000000000077', '4000003720000278'], ['pm_card_bypassPending']],
];

/** The card by each of its numbers and tokens, and the last digits it shows. */
const waysOf = (numbers, tokens) => [
  ...numbers.map(number => [number, async () => (await typeCard(number)).id, number.slice(-4)]),
  ...tokens.map(token => [token, async () => token, numbers[0].slice(-4)]),
];

for (const [brand, funding, numbers, tokens] of brands) {
  for (const [name, method, last4] of waysOf(numbers, tokens)) {
    test(`${name} pays, as ${brand} ${funding}`, async () => {
      const { status, latest_charge: charge } = await pay(await method(), { expand: ['latest_charge'] });

      assert.equal(status, 'succeeded');
      const { card } = charge.payment_method_details;
      assert.deepEqual([card.brand, card.funding, card.last4], [brand, funding, last4]);
    });
  }
}

const declines = [
  ['card_declined', 'generic_decline', '4000000000000002', 'pm_card_visa_chargeDeclined', 'pm_card_chargeDeclined'],
  ['card_declined', 'insufficient_funds', '4000000000009995',
    'pm_card_visa_chargeDeclinedInsufficientFunds', 'pm_card_chargeDeclinedInsufficientFunds'],
  ['card_declined', 'lost_card', '4000000000009987', 'pm_card_visa_chargeDeclinedLostCard'],
  ['card_declined', 'stolen_card', '4000000000009979', 'pm_card_visa_chargeDeclinedStolenCard'],
  ['expired_card', undefined, '4000000000000069', 'pm_card_chargeDeclinedExpiredCard'],
  ['incorrect_cvc', undefined, '4000000000000127', 'pm_card_chargeDeclinedIncorrectCvc'],
  ['processing_error', undefined, '4000000000000119', 'pm_card_chargeDeclinedProcessingError'],
  ['card_declined', 'card_velocity_exceeded', '4000000000006975', 'pm_card_visa_chargeDeclinedVelocityLimitExceeded'],
  ['card_declined', 'generic_decline', '4000000000000341', 'pm_card_chargeCustomerFail'],
  ['card_declined', undefined, '4000008400001280', 'pm_card_threeDSecureRequiredProcessingError'],
];

for (const [code, declineCode, number, ...tokens] of declines) {
  for (const [name, method] of waysOf([number], tokens)) {
    test(`${name} is declined: ${code}${declineCode ? ` / ${declineCode}` : ''}`, async () => {
      const error = await refused(pay(await method()), Stripe.errors.StripeCardError);

      assert.equal(error.statusCode, 402);
      assert.equal(error.code, code);
      assert.ok(!declineCode || error.decline_code === declineCode, error.decline_code);
      const charge = await stripe.charges.retrieve(error.charge);
      assert.deepEqual([charge.status, charge.outcome.type], ['failed', 'issuer_declined']);
    });
  }
}

for (const [name, method] of waysOf(['4100000000000019'], ['pm_card_radarBlock'])) {
  test(`${name} is blocked by the risk rules: the bank is not asked`, async () => {
    const error = await refused(pay(await method()), Stripe.errors.StripeCardError);

    assert.deepEqual([error.code, error.decline_code], ['card_declined', 'fraudulent']);
    const { outcome } = await stripe.charges.retrieve(error.charge);
    assert.deepEqual([outcome.type, outcome.network_status, outcome.risk_level], ['blocked', 'not_sent_to_network', 'highest']);
  });
}

const secured = [
  ['4000002500003155', 'pm_card_authenticationRequiredOnSetup'],
  ['4000002760003184', 'pm_card_authenticationRequired'],
  ['4000003800000446', 'pm_card_authenticationRequiredSetupForOffSession'],
  ['4000000000003220', 'pm_card_threeDSecure2Required'],
  ['4000008400000027'],
];

for (const [number, ...tokens] of secured) {
  for (const [name, method] of waysOf([number], tokens)) {
    test(`${name} asks the shopper, and pays`, async () => {
      const asked = await pay(await method());
      assert.equal(asked.status, 'requires_action');
      assert.equal((await answerBank(asked, 'succeed')).status, 'requires_confirmation');

      const paid = await stripe.paymentIntents.confirm(asked.id, { expand: ['latest_charge'] });

      assert.equal(paid.status, 'succeeded');
      assert.equal(paid.latest_charge.payment_method_details.card.three_d_secure.authentication_flow, 'challenge');
    });
  }
}

for (const [number, token, declineCode] of [
  ['4000008260003178', 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['4000008400001629', 'pm_card_threeDSecureRequiredChargeDeclined', 'generic_decline'],
]) {
  for (const [name, method] of waysOf([number], [token])) {
    test(`${name} asks the shopper, and is declined`, async () => {
      const asked = await pay(await method());
      await answerBank(asked, 'succeed');

      const error = await refused(stripe.paymentIntents.confirm(asked.id), Stripe.errors.StripeCardError);

      assert.deepEqual([error.code, error.decline_code], ['card_declined', declineCode]);
    });
  }
}

for (const [name, method] of waysOf(['4000003800000446'], ['pm_card_authenticationRequiredSetupForOffSession'])) {
  test(`${name} counts as set up: off session nobody is asked`, async () => {
    assert.equal((await pay(await method(), { off_session: true, use_stripe_sdk: undefined })).status, 'succeeded');
  });
}

for (const [name, method] of waysOf(['4000000000003055'], ['pm_card_threeDSecureOptional'])) {
  test(`${name} is asked only if the shop wants it`, async () => {
    assert.equal((await pay(await method())).status, 'succeeded');
    assert.equal((await pay(await method(), { payment_method_options: { card: { request_three_d_secure: 'any' } } })).status,
      'requires_action');
  });
}

test('4000000032200000 is authenticated without a challenge', async () => {
  const { id } = await typeCard('4000000032200000');

  const paid = await pay(id, { expand: ['latest_charge'], payment_method_options: { card: { request_three_d_secure: 'any' } } });

  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.latest_charge.payment_method_details.card.three_d_secure.authentication_flow, 'frictionless');
});

for (const [number, token, level] of [
  ['4000000000004954', 'pm_card_riskLevelHighest', 'highest'],
  ['4000000000009235', 'pm_card_riskLevelElevated', 'elevated'],
]) {
  for (const [name, method] of waysOf([number], [token])) {
    test(`${name} pays at ${level} risk`, async () => {
      const { latest_charge: charge } = await pay(await method(), { expand: ['latest_charge'] });

      assert.equal(charge.outcome.risk_level, level);
    });
  }
}

const address = { line1: '1 Main St', city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' };

for (const [number, line1, zip, cvc] of [
  ['4242424242424242', 'pass', 'pass', 'pass'],
  ['4000000000000101', 'pass', 'pass', 'fail'],
  ['4000000000000036', 'pass', 'fail', 'pass'],
  ['4000000000000028', 'fail', 'pass', 'pass'],
  ['4000000000000010', 'fail', 'fail', 'pass'],
  ['4000000000000044', 'unchecked', 'unchecked', 'pass'],
]) {
  test(`${number} is checked: address ${line1}, postal code ${zip}, CVC ${cvc}`, async () => {
    const { id } = await typeCard(number, { billing_details: { address } });
    const { latest_charge: charge } = await pay(id, { expand: ['latest_charge'] });

    assert.deepEqual(charge.payment_method_details.card.checks,
      { address_line1_check: line1, address_postal_code_check: zip, cvc_check: cvc });
    assert.deepEqual((await stripe.paymentMethods.retrieve(id)).card.checks, charge.payment_method_details.card.checks);
  });
}

for (const token of ['pm_card_cvcCheckFail', 'pm_card_avsZipFail', 'pm_card_avsLine1Fail', 'pm_card_avsFail', 'pm_card_avsUnchecked']) {
  test(`${token} pays`, async () => assert.equal((await pay(token)).status, 'succeeded'));
}

for (const [number, reason, status] of [
  ['4000000000000259', 'fraudulent', 'needs_response'],
  ['4000000000002685', 'product_not_received', 'needs_response'],
  ['4000000000001976', 'fraudulent', 'warning_needs_response'],
]) {
  test(`${number} is disputed: ${reason}, ${status}`, async () => {
    const paid = await pay((await typeCard(number)).id);

    const { data: [dispute] } = await stripe.disputes.list({ payment_intent: paid.id });

    assert.deepEqual([dispute.reason, dispute.status], [reason, status]);
  });
}

for (const [number, first, last] of [['4000000000007726', 'pending', 'succeeded'], ['4000000000005126', 'succeeded', 'failed']]) {
  test(`${number} is refunded: ${first}, then ${last}`, async () => {
    const paid = await pay((await typeCard(number)).id);
    const refund = await stripe.refunds.create({ payment_intent: paid.id });
    assert.equal(refund.status, first);

    await advance(60);

    assert.equal((await stripe.refunds.retrieve(refund.id)).status, last);
  });
}

test('A card of the real world is refused', async () => {
  const error = await refused(typeCard('4111111111111111'), Stripe.errors.StripeCardError);

  assert.deepEqual([error.code, error.decline_code], ['card_declined', 'test_mode_live_card']);
});

test('The basic integration declines each card that has to be authenticated', async () => {
  for (const [, token] of secured.filter(([, token]) => token)) {
    const error = await refused(
      stripe.paymentIntents.create({ ...guide(token), use_stripe_sdk: undefined, error_on_requires_action: true }),
      Stripe.errors.StripeCardError);
    assert.deepEqual([error.code, error.decline_code], ['authentication_required', 'authentication_not_handled']);
  }
});
