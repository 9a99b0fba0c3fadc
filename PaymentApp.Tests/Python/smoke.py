# Stripe's own Python client, as Debian packages it, against the sandbox: python3 smoke.py <address>
import sys
import stripe

stripe.api_base = sys.argv[1].rstrip('/')
stripe.api_key = 'sk_test_51PythonClient'
stripe.api_version = '2026-10-28.endive'
stripe.max_network_retries = 1

guide = dict(amount=1999, currency='usd', confirm=True, confirmation_method='manual', allowed_payment_method_types=['card'], use_stripe_sdk=True)

paid = stripe.PaymentIntent.create(payment_method='pm_card_visa', metadata={'order_id': '42'}, expand=['latest_charge'], **guide)
assert paid.status == 'succeeded', paid
assert paid.latest_charge.payment_method_details.card.last4 == '4242'

waiting = stripe.PaymentIntent.create(payment_method='pm_card_authenticationRequired', **guide)
assert waiting.status == 'requires_action' and waiting.next_action.type == 'use_stripe_sdk', waiting

try:
    stripe.PaymentIntent.create(payment_method='pm_card_chargeDeclinedInsufficientFunds', **guide)
    raise AssertionError('a declined card paid')
except stripe.error.CardError as declined:
    assert declined.http_status == 402 and declined.error.decline_code == 'insufficient_funds'
    assert declined.error.payment_intent.status == 'requires_payment_method'

first = stripe.PaymentIntent.create(payment_method='pm_card_visa', idempotency_key='order-42', **guide)
again = stripe.PaymentIntent.create(payment_method='pm_card_visa', idempotency_key='order-42', **guide)
assert first.id == again.id

refund = stripe.Refund.create(payment_intent=paid.id, amount=500)
assert refund.status == 'succeeded'
assert stripe.Charge.retrieve(paid.latest_charge.id).amount_refunded == 500

customer = stripe.Customer.create(email='jenny@example.com')
stripe.PaymentMethod.attach('pm_card_visa', customer=customer.id)
assert [method.card.brand for method in stripe.PaymentMethod.list(customer=customer.id, type='card')] == ['visa']

types = {event.type for event in stripe.Event.list(limit=100).auto_paging_iter()}
assert {'payment_intent.succeeded', 'charge.refunded', 'customer.created'} <= types, types

try:
    stripe.PaymentIntent.retrieve('pi_nobody')
    raise AssertionError('an unknown intent was found')
except stripe.error.InvalidRequestError as unknown:
    assert unknown.code == 'resource_missing' and unknown.http_status == 404

stripe.api_key = 'sk_live_51PythonClient'
try:
    stripe.Balance.retrieve()
    stripe.Charge.list()
    raise AssertionError('a live key was taken')
except (stripe.error.AuthenticationError, stripe.error.InvalidRequestError):
    pass

print('all of it')
