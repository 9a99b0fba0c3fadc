// The same types refuse what a shop must not do: a check that lets everything through would let these through.

import type { Stripe } from '@stripe/stripe-js';

export async function misuse(stripe: Stripe) {
  const card = stripe.elements().create('card');
  // @ts-expect-error
  stripe.handleCardAction({ clientSecret: 'pi_1_secret_1' });
  // @ts-expect-error
  card.update({ disabled: 'yes' });
  // @ts-expect-error
  card.on('submit', () => {});
  const { paymentMethod } = await stripe.createPaymentMethod({ type: 'card', card });
  // @ts-expect-error
  return paymentMethod.id;
}
