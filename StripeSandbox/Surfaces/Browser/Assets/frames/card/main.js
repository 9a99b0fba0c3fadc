import { confirmIntent, createPaymentMethod } from '../api.js';
import { connectToHost } from '../port.js';
import { CardForm } from './card-form.js';
import { loadFonts } from './fonts.js';

const component = new URLSearchParams(location.hash.slice(1)).get('component');
let form;

const { initial, send } = await connectToHost({
  update: ({ options }) => form.update(options),
  brand: ({ brand }) => form.useBrand(brand),
  focus: () => form.focus(),
  blur: () => form.blur(),
  clear: () => form.clear(),
  createPaymentMethod: ({ parameters, siblings, session }) =>
    withCard(siblings, card => createPaymentMethod(addCard(parameters, card), session)),
  confirm: ({ id, parameters, siblings, session }) =>
    withCard(siblings, card => {
      if (component === 'cardCvc') return confirmIntent(id, addCode(parameters, card), session);
      const method = addCard(parameters.payment_method_data, card);
      return confirmIntent(id, { ...parameters, payment_method_data: method }, session);
    }),
});

document.documentElement.lang = initial.locale;
loadFonts(initial.fonts);
form = new CardForm(document.getElementById('root'), component, { locale: initial.locale, send });
form.useBrand(initial.brand);
form.update(initial.options);
send({ event: 'ready' });

async function withCard(siblings, use) {
  const { error, card } = await form.collect(siblings);
  return error ? { error } : use(card);
}

function addCode({ payment_method_options: options, ...parameters }, { cvc }) {
  return { ...parameters, payment_method_options: { ...options, card: { ...options?.card, cvc } } };
}

function addCard(parameters, { postalCode, ...card }) {
  const method = { ...parameters, card };
  if (postalCode) {
    const { address, ...billing } = parameters.billing_details ?? {};
    method.billing_details = { ...billing, address: { ...address, postal_code: postalCode } };
  }
  return method;
}
