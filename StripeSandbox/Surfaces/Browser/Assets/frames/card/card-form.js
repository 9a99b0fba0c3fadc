import { textsFor } from '../shared.js';
import { brandOf } from './brands.js';
import { expiryParts } from './expiry.js';
import { Field } from './field.js';
import { cvc, expiry, number, postalKind } from './kinds.js';
import { Layout } from './layout.js';
import { answerSiblings, collectFrom } from './siblings.js';
import { applyStyle } from './style.js';

const fieldsOf = { card: ['number', 'expiry', 'cvc', 'postal'], cardNumber: ['number'], cardExpiry: ['expiry'], cardCvc: ['cvc'] };

/** The fields of one frame, and what they amount to. */
export class CardForm {
  #fields = {};
  #layout;
  #messages;
  #send;
  #options = {};
  #context = { brand: 'unknown' };
  #reported = '';
  #focused = false;

  constructor(root, type, { locale, send }) {
    const { fields: words, validation } = textsFor(locale);
    this.#messages = validation;
    this.#send = send;
    const postal = postalKind(locale);
    const kinds = { number, expiry, cvc, postal };
    const texts = {
      number: { label: words.number_label, placeholder: type === 'card' ? words.number : words.number_example },
      expiry: { label: words.expiry_label, placeholder: words.expiry },
      cvc: { label: words.cvc_label, placeholder: words.cvc },
      postal: postal.american
        ? { label: words.zip_label, placeholder: words.zip }
        : { label: words.postal_code_label, placeholder: words.postal_code },
    };
    for (const name of fieldsOf[type]) {
      const moves = { changed: () => this.#changed(), forward: () => this.#step(name, 1), back: () => this.#step(name, -1) };
      this.#fields[name] = new Field(kinds[name], { ...texts[name], context: this.#context, moves });
    }
    this.#layout = new Layout(root, type, this.#fields, { international: !postal.american });
    this.#listen(root);
    answerSiblings(() => this.#give());
  }

  update(options) {
    const { value, ...rest } = options;
    this.#options = rest;
    applyStyle(options.style);
    const [first] = Object.values(this.#fields);
    if (options.placeholder !== undefined) first.input.placeholder = options.placeholder;
    for (const { input } of Object.values(this.#fields)) input.disabled = Boolean(options.disabled);
    if (this.#fields.postal && value?.postalCode !== undefined) this.#fields.postal.text = String(value.postalCode);
    this.#layout.configure(options);
    this.#changed();
  }

  /** The brand of the number in the frame beside this one. */
  useBrand(brand) {
    if (this.#fields.number) return;
    this.#context.brand = brand;
    this.#fields.cvc?.reformat();
    this.#changed();
  }

  focus() {
    const fields = this.#shownFields();
    (fields.find(([, field]) => !field.complete) ?? fields[0])[1].focusAtEnd();
  }

  blur() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  clear() {
    for (const field of Object.values(this.#fields)) field.clear();
    this.#changed();
  }

  /** All that the API needs of the card, from this frame and from those beside it; or the first error among them. */
  async collect(siblings) {
    const answers = [this.#give(), ...await collectFrom(siblings)];
    const error = answers.find(answer => answer.error)?.error;
    if (error) return { error };
    return { card: Object.assign({}, ...answers.map(answer => answer.fields)) };
  }

  #give() {
    for (const [, field] of this.#shownFields()) field.demand();
    this.#changed();
    const { number: cardNumber, expiry: date, cvc: code, postal } = this.#fields;
    const fields = {};
    if (cardNumber) fields.number = cardNumber.value;
    if (date) Object.assign(fields, prefixed(expiryParts(date.text)));
    if (code) fields.cvc = code.value;
    if (postal && !this.#options.hidePostalCode) fields.postalCode = postal.value;
    return { fields, error: this.#error()?.error ?? null };
  }

  #shownFields() {
    return Object.entries(this.#fields).filter(([name]) => name !== 'postal' || !this.#options.hidePostalCode);
  }

  #error() {
    for (const [name, field] of this.#shownFields()) {
      const code = field.error;
      if (code) return { name, error: { type: 'validation_error', code, message: this.#messages[code] } };
    }
    return null;
  }

  #changed() {
    if (this.#fields.number) {
      const { name } = brandOf(this.#fields.number.value);
      if (name !== this.#context.brand) {
        this.#context.brand = name;
        this.#fields.cvc?.reformat();
      }
    }
    const fields = this.#shownFields().map(([, field]) => field);
    for (const field of fields) field.show();
    const failure = this.#error();
    const empty = fields.every(field => field.empty);
    const complete = fields.every(field => field.complete);
    this.#layout.show({ brand: this.#context.brand, empty, complete, error: failure?.error, errorField: failure?.name });
    const state = {
      event: 'state',
      empty,
      complete,
      error: failure?.error ?? null,
      brand: this.#context.brand,
      postalCode: this.#fields.postal?.value ?? '',
      autofilled: fields.some(field => field.input.matches(':autofill')),
    };
    const report = JSON.stringify(state);
    if (report === this.#reported) return;
    this.#reported = report;
    this.#send(state);
  }

  #step(name, direction) {
    const fields = this.#shownFields();
    const next = fields[fields.findIndex(([other]) => other === name) + direction]?.[1];
    if (!next) return false;
    if (direction > 0) next.input.focus();
    else next.focusAtEnd();
    return true;
  }

  #listen(root) {
    root.addEventListener('focusin', () => this.#setFocused(true));
    root.addEventListener('focusout', event => event.relatedTarget ?? this.#setFocused(false));
    root.addEventListener('submit', event => event.preventDefault());
    root.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.#send({ event: 'escape' });
      if (event.key === 'Enter' && !event.isComposing) {
        event.preventDefault();
        this.#send({ event: 'submit' });
      }
    });
    new ResizeObserver(([{ contentRect }]) => this.#send({ event: 'height', pixels: contentRect.height })).observe(root);
  }

  #setFocused(focused) {
    if (focused === this.#focused) return;
    this.#focused = focused;
    this.#send({ event: focused ? 'focus' : 'blur' });
  }
}

const prefixed = ({ month, year }) => ({ exp_month: month, exp_year: year });
