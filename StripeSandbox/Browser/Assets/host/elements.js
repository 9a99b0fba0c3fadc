/** @type {ElementType[]} */
const splitTypes = ['cardNumber', 'cardExpiry', 'cardCvc'];

/** What `stripe.elements()` returns: the elements that belong to one form. */
class Elements {
  /** @type {Map<string, StripeElement>} */
  #elements = new Map();

  /**
   * @param {StripeClient} owner
   * @param {{ locale: string, fonts?: FontSource[] }} options `locale` as `resolveLocale` gave it
   */
  constructor(owner, { locale, fonts }) {
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

  /** @param {ElementType} type */
  getElement(type) {
    return this.#elements.get(type) ?? null;
  }

  /**
   * Changes the locale of elements that are mounted from now on.
   * @param {{ locale?: string }} options
   */
  update({ locale } = {}) {
    if (locale) this.locale = resolveLocale(locale);
    return Promise.resolve();
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
