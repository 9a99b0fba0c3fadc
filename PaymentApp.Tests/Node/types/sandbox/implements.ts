// The sandbox's script as an implementation of the types that Stripe publishes, as far as cards go.

import type {
  PaymentIntentOrSetupIntentResult,
  Stripe as PublishedStripe,
  StripeCardCvcElement,
  StripeCardCvcElementOptions,
  StripeCardElement,
  StripeCardElementOptions,
  StripeCardExpiryElement,
  StripeCardExpiryElementOptions,
  StripeCardNumberElement,
  StripeCardNumberElementOptions,
  StripeConstructorOptions,
  StripeElements,
  StripeElementsOptionsClientSecret,
} from '@stripe/stripe-js';

type CardMethods =
  | 'createPaymentMethod'
  | 'handleCardAction'
  | 'confirmCardPayment'
  | 'retrievePaymentIntent'
  | 'confirmCardSetup'
  | 'retrieveSetupIntent'
  | 'registerAppInfo';

/** `create` and `getElement` have an overload for each kind of element: these are the card's. */
interface CardElements {
  create(type: 'card', options?: StripeCardElementOptions): StripeCardElement;
  create(type: 'cardNumber', options?: StripeCardNumberElementOptions): StripeCardNumberElement;
  create(type: 'cardExpiry', options?: StripeCardExpiryElementOptions): StripeCardExpiryElement;
  create(type: 'cardCvc', options?: StripeCardCvcElementOptions): StripeCardCvcElement;
  getElement(type: 'card'): StripeCardElement | null;
  getElement(type: 'cardNumber'): StripeCardNumberElement | null;
  getElement(type: 'cardExpiry'): StripeCardExpiryElement | null;
  getElement(type: 'cardCvc'): StripeCardCvcElement | null;
  update: StripeElements['update'];
  on: StripeElements['on'];
  fetchUpdates: StripeElements['fetchUpdates'];
  submit: StripeElements['submit'];
}

interface CardStripe extends Pick<PublishedStripe, CardMethods> {
  handleNextAction(options: { clientSecret: string }): Promise<PaymentIntentOrSetupIntentResult>;
  elements(options?: Pick<StripeElementsOptionsClientSecret, 'locale' | 'fonts'>): CardElements;
}

// What stands above is no more than what is published,
export const published = (stripe: PublishedStripe): CardStripe => stripe;
export const publishedElements = (elements: StripeElements): CardElements => elements;

// and the sandbox has all of it.
export const sandbox: (publishableKey: string, options?: StripeConstructorOptions) => CardStripe = Stripe;

declare const stripe: ReturnType<typeof Stripe>;
declare const card: StripeCardElement;

// What the components of react-stripe-js are to getElement.
declare const CardComponent: { __elementType: 'card' };
export const byComponent: StripeCardElement | null = stripe.elements().getElement(CardComponent) as StripeCardElement | null;

// Nothing that is published is missing: what the sandbox cannot do, it refuses in words.
type Refused = (typeof otherMethods)[number] | (typeof otherFactories)[number];
type Missing = Exclude<keyof PublishedStripe, keyof typeof stripe | Refused>;
type Unpublished = Exclude<Refused, keyof PublishedStripe>;
export const complete: [Missing, Unpublished] extends [never, never] ? true : { missing: Missing; unpublished: Unpublished } = true;
type MissingElements = Exclude<keyof StripeElements, keyof ReturnType<typeof stripe.elements>>;
export const completeElements: [MissingElements] extends [never] ? true : MissingElements = true;

// The form of older integrations, which the published types have dropped.
export const older: Promise<unknown> = stripe.createPaymentMethod('card', card, { billing_details: { name: 'Jenny Rosen' } });

// A check that lets everything through would let these through too.
// @ts-expect-error
export const noSecret = stripe.handleCardAction(42);
// @ts-expect-error
export const noElement = stripe.elements().create('iban');
// @ts-expect-error
export const noMethod: Pick<PublishedStripe, 'confirmSepaDebitPayment'> = stripe;
// @ts-expect-error
export const noIntent: Promise<{ paymentIntent: { id: number } }> = stripe.retrievePaymentIntent('pi_1_secret_1');
// @ts-expect-error
export const noStyle = stripe.elements().create('card', { style: { base: { color: 7 } } });
