const splitTypes = ['cardNumber', 'cardExpiry', 'cardCvc'];

/** What `stripe.elements()` returns: the elements that belong to one form. */
class Elements {
  #elements = new Map();

  constructor(owner, { locale }) {
    this.owner = owner;
    this.locale = locale;
    this.brand = 'unknown';
  }

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

  getElement(type) {
    return this.#elements.get(type) ?? null;
  }

  /** Changes the locale of elements that are mounted from now on. */
  update({ locale } = {}) {
    this.locale = locale ?? this.locale;
    return Promise.resolve();
  }

  forget(type) {
    this.#elements.delete(type);
  }

  /** The number says what length of security code to expect. */
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
