/** @type {ElementType[]} */
const splitTypes = ['cardNumber', 'cardExpiry', 'cardCvc'];

/** What `stripe.elements()` returns: the elements that belong to one form. */
class Elements extends ElementEvents {
  /** @type {Map<string, StripeElement>} */
  #elements = new Map();

  /**
   * @param {StripeClient} owner
   * @param {{ locale: string, fonts?: FontSource[] }} options `locale` as `resolveLocale` gave it
   */
  constructor(owner, { locale, fonts }) {
    super();
    this.owner = owner;
    this.locale = locale;
    this.fonts = knownFonts(fonts);
    /** @type {Brand} */
    this.brand = 'unknown';
  }

  /**
   * @param {ElementType} type
   * @param {ElementOptions} [options]
   */
  create(type, options = {}) {
    if (!Object.hasOwn(elementKinds, type)) {
      throw new IntegrationError(`A valid Element name must be provided. Valid Elements here are: ${Object.keys(elementKinds).join(', ')}. You passed: ${type}.`);
    }
    const rivals = type === 'card' ? ['card', ...splitTypes] : [type, 'card'];
    for (const rival of rivals) {
      if (!this.#elements.has(rival)) continue;
      throw new IntegrationError(`Can't create an Element of type ${type}: this elements() instance already has one of type ${rival}.`);
    }
    const element = new StripeElement(this, type, options);
    this.#elements.set(type, element);
    return element;
  }

  /**
   * The element of a type, or null. A component of react-stripe-js stands for the type that it carries.
   * @param {ElementType | { __elementType?: ElementType }} type
   */
  getElement(type) {
    const name = typeof type === 'string' ? type : type?.__elementType;
    return (name && this.#elements.get(name)) ?? null;
  }

  /**
   * Changes the locale of elements that are mounted from now on. What else Stripe's takes concerns other elements than the card's.
   * @param {{ locale?: string }} options
   */
  async update(options) {
    if (options?.locale) this.locale = resolveLocale(options.locale);
    ElementEvents.emit(this, 'update-end', {});
  }

  /**
   * The card's elements show nothing of an intent.
   * @returns {Promise<{ error?: { message: string } }>}
   */
  async fetchUpdates() {
    return {};
  }

  /** @returns {Promise<never>} */
  async submit() {
    throw new IntegrationError('elements.submit() is for the Payment Element, which this sandbox does not have: pass the card element to the call that needs it.');
  }

  /** @param {ElementType} type */
  forget(type) {
    this.#elements.delete(type);
  }

  /**
   * The number says what length of security code to expect.
   * @param {Brand} brand
   */
  setBrand(brand) {
    this.brand = brand;
    const cvc = this.#elements.get('cardCvc');
    if (cvc) StripeElement.tell(cvc, { operation: 'brand', brand });
  }

  siblingFrames() {
    return ['cardExpiry', 'cardCvc']
      .map(type => this.#elements.get(type))
      .map(element => element && StripeElement.frameName(element))
      .filter(Boolean);
  }
}
