// A shop in React as the documentation of @stripe/react-stripe-js shows it. A test opens one of its forms.
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { loadStripe } from '@stripe/stripe-js';
import {
  CardCvcElement, CardElement, CardExpiryElement, CardNumberElement, Elements, ElementsConsumer, useElements, useStripe,
} from '@stripe/react-stripe-js';

const post = async (path, form) => (await fetch(path, { method: 'POST', body: new URLSearchParams(form) })).json();

/** The guide's flow: the server confirms, the browser shows the bank. */
async function payByServer(stripe, card) {
  const { paymentMethod, error } = await stripe.createPaymentMethod({ type: 'card', card, billing_details: { name: 'Jenny Rosen' } });
  let outcome = error ? { error } : await post('/pay', { payment_method: paymentMethod.id });
  while (outcome.status === 'requires_action') {
    const { error } = await stripe.handleCardAction(outcome.client_secret);
    outcome = error ? { error } : await post('/confirm', { id: outcome.id });
  }
  return outcome;
}

/** The later flow: the browser confirms. */
async function payByBrowser(stripe, data) {
  const { client_secret: secret } = await post('/intent', {});
  const { paymentIntent, error } = await stripe.confirmCardPayment(secret, data);
  return error ? { error } : paymentIntent;
}

function Form({ pay, children }) {
  const stripe = useStripe();
  const elements = useElements();
  const [said, say] = useState('');
  const submit = async event => {
    event.preventDefault();
    if (!stripe || !elements) return;
    try {
      const { error, status } = await pay(stripe, elements);
      say(error?.message ?? status);
    } catch (failure) {
      say(`${failure.name}: ${failure.message}`);
    }
  };
  return (
    <form onSubmit={submit}>
      {children}
      <button disabled={!stripe}>Pay</button>
      <output>{said}</output>
    </form>
  );
}

/** Notes what the element tells its component. */
const heard = (window.heard = []);
const handlers = {
  onReady: element => heard.push(['ready', typeof element.update, element === window.elements?.getElement(CardElement)]),
  onChange: event => heard.push(['change', event.elementType, event.complete]),
  onFocus: event => heard.push(['focus', event.elementType]),
  onBlur: event => heard.push(['blur', event.elementType]),
};

function Card({ dark = false }) {
  window.elements = useElements();
  const style = { base: { color: dark ? '#ffffff' : '#101010' } };
  return <CardElement id="card" className="field" options={{ style, hidePostalCode: dark }} {...handlers} />;
}

const forms = {
  card: () => (
    <Form pay={(stripe, elements) => payByServer(stripe, elements.getElement(CardElement))}><Card /></Form>
  ),
  'card by name': () => (
    <Form pay={(stripe, elements) => payByServer(stripe, elements.getElement('card'))}><Card /></Form>
  ),
  'card confirmed here': () => (
    <Form pay={(stripe, elements) => payByBrowser(stripe, { payment_method: { card: elements.getElement(CardElement), billing_details: { name: 'Jenny Rosen' } } })}>
      <Card />
    </Form>
  ),
  split: () => (
    <Form pay={(stripe, elements) => payByServer(stripe, elements.getElement(CardNumberElement))}>
      <CardNumberElement id="number" options={{ showIcon: true }} />
      <CardExpiryElement id="expiry" />
      <CardCvcElement id="code" />
    </Form>
  ),
  'code again': () => (
    <Form pay={(stripe, elements) => payByBrowser(stripe, { payment_method: 'pm_card_visa', payment_method_options: { card: { cvc: elements.getElement(CardCvcElement) } } })}>
      <CardCvcElement id="code" />
    </Form>
  ),
  consumer: () => (
    <ElementsConsumer>
      {({ stripe, elements }) => (
        <form onSubmit={async event => {
          event.preventDefault();
          event.currentTarget.querySelector('output').textContent = (await payByServer(stripe, elements.getElement(CardElement))).status;
        }}>
          <CardElement />
          <button disabled={!stripe}>Pay</button>
          <output />
        </form>
      )}
    </ElementsConsumer>
  ),
  changing: () => {
    const [dark, setDark] = useState(false);
    const [shown, setShown] = useState(true);
    return (
      <Form pay={(stripe, elements) => payByServer(stripe, elements.getElement(CardElement))}>
        {shown && <Card dark={dark} />}
        <button type="button" onClick={() => setDark(true)}>Dark</button>
        <button type="button" onClick={() => setShown(!shown)}>Toggle</button>
      </Form>
    );
  },
};

/** Opens one of the forms; `options` go to loadStripe, `elements` to the provider, whose options may change later. */
window.openShop = ({ form, strict = true, options, elements }) => {
  const Chosen = forms[form];
  const stripe = loadStripe('pk_test_sandbox', options);
  const root = createRoot(document.getElementById('root'));
  window.showShop = providerOptions => {
    const shop = <Elements stripe={stripe} options={providerOptions}><Chosen /></Elements>;
    root.render(strict ? <StrictMode>{shop}</StrictMode> : shop);
  };
  window.showShop(elements);
  return stripe.then(loaded => { window.stripe = loaded; });
};
