import { drawIcon } from './icons.js';

/*
 * How the fields stand in the frame. With room, side by side. Without, the number has the width while it is typed, and
 * shrinks to its last digits when the shopper goes on (data-view="details").
 */

/** What the fields take in em, as in card.css, each with the gap before it. */
const roomFor = { icon: 2.25, number: 11.7, expiry: 4.65, cvc: 3.25, postal: 3.95, internationalPostal: 6.25 };

export class Layout {
  #root;
  #fields;
  #type;
  #options = {};
  #icon = document.createElement('span');
  #lastDigits = document.createElement('span');
  #hint = document.createElement('span');
  #postalRoom;

  constructor(root, type, fields, { international }) {
    this.#root = root;
    this.#type = type;
    this.#fields = fields;
    this.#postalRoom = international ? roomFor.internationalPostal : roomFor.postal;
    root.classList.add(type);
    root.classList.toggle('international', international);
    this.#icon.className = 'Icon';
    this.#icon.setAttribute('aria-hidden', 'true');
    this.#lastDigits.className = 'LastDigits';
    this.#lastDigits.setAttribute('aria-hidden', 'true');
    this.#hint.className = 'Hint';
    this.#hint.id = 'hint';
    root.append(this.#icon, ...Object.entries(fields).map(([name, field]) => this.#holder(name, field)), this.#hint);
    new ResizeObserver(() => this.#arrange()).observe(root);
    root.addEventListener('focusin', () => this.refresh());
    root.addEventListener('focusout', () => this.refresh());
  }

  configure(options) {
    this.#options = options;
    this.#icon.hidden = this.#type === 'card' ? Boolean(options.hideIcon) : !options.showIcon;
    if (this.#fields.postal) this.#fields.postal.input.parentNode.hidden = Boolean(options.hidePostalCode);
    this.refresh();
  }

  /** @param state what the element as a whole is: `brand`, `empty`, `complete`, and the `error` that is announced with the field it is about. */
  show({ brand, empty, complete, error, errorField }) {
    this.state = { brand, error };
    const states = { 'is-empty': empty, 'is-complete': complete && !error, 'is-invalid': Boolean(error) };
    for (const [state, on] of Object.entries(states)) this.#icon.classList.toggle(state, on);
    this.#hint.textContent = error?.message ?? '';
    for (const [name, field] of Object.entries(this.#fields)) {
      if (name === errorField) field.input.setAttribute('aria-describedby', 'hint');
      else field.input.removeAttribute('aria-describedby');
    }
    this.refresh();
  }

  refresh() {
    this.#drawIcon();
    this.#arrange();
  }

  #holder(name, field) {
    const holder = document.createElement('span');
    holder.className = `Field ${name}`;
    holder.classList.toggle('only', this.#type !== 'card');
    holder.append(field.input);
    if (name === 'number') holder.append(this.#lastDigits);
    return holder;
  }

  #drawIcon() {
    if (this.#icon.hidden) return;
    const { brand = 'unknown', error } = this.state ?? {};
    const atCvc = this.#fields.cvc && document.activeElement === this.#fields.cvc.input;
    const name = atCvc ? (brand === 'amex' ? 'cvcFront' : 'cvc') : error ? 'error' : brand;
    drawIcon(this.#icon, name, this.#options.iconStyle === 'solid');
  }

  #arrange() {
    if (this.#type !== 'card') return;
    const { number } = this.#fields;
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const atNumber = focused === number.input;
    const goneOn = focused ? !atNumber : number.complete;
    const roomy = this.#roomy();
    this.#root.dataset.roomy = roomy;
    this.#root.dataset.view = goneOn && !roomy ? 'details' : 'number';
    const digits = number.value;
    this.#lastDigits.textContent = digits ? digits.slice(-4) : '1234';
    for (const state of ['is-empty', 'is-complete', 'is-invalid']) {
      this.#lastDigits.classList.toggle(state, number.input.classList.contains(state));
    }
  }

  #roomy() {
    const { icon, number, expiry, cvc } = roomFor;
    const needed = (this.#options.hideIcon ? 0 : icon) + number + expiry + cvc + (this.#options.hidePostalCode ? 0 : this.#postalRoom);
    return this.#root.clientWidth >= needed * Number.parseFloat(getComputedStyle(this.#root).fontSize);
  }
}
