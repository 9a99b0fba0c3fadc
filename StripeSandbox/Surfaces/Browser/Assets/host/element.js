/**
 * @typedef {'card' | 'cardNumber' | 'cardExpiry' | 'cardCvc'} ElementType
 * @typedef {import('@stripe/stripe-js').StripeCardElementChangeEvent['brand']} Brand
 * @typedef {import('@stripe/stripe-js').StripeElementChangeEvent['error']} ValidationError
 * @typedef {{ empty: boolean, complete: boolean, error: ValidationError | null, brand: Brand, postalCode: string, autofilled: boolean }} ElementState
 */

/** One card element, or one of the fields of a split one: what `elements.create()` returns. */
class StripeElement extends ElementEvents {
  #group;
  #type;
  /** @type {ElementOptions} */
  #options;
  /** @type {Frame | null} */
  #frame = null;
  /** @type {HTMLElement | null} */
  #container = null;
  #classes = new ElementClasses();
  #state = blankState();
  /** @type {string} */
  #announced;
  #ready = false;
  #focused = false;
  #destroyed = false;

  /**
   * @param {Elements} group
   * @param {ElementType} type
   * @param {ElementOptions} options
   */
  constructor(group, type, options) {
    super();
    this.#group = group;
    this.#type = type;
    this.#options = knownOptions(type, options, 'create');
    this.#announced = JSON.stringify(this.#change());
  }

  /** @param {string | HTMLElement} target a selector or a node */
  mount(target) {
    this.#refuseDestroyed();
    const container = containerFor(target);
    if (container === this.#container && this.#frame && container.contains(this.#frame.node)) return;
    this.unmount();
    if (container.childNodes.length > 0) {
      console.warn('This Element is mounted on a DOM element that contains child nodes; they are removed.');
    }

    const { locale, fonts } = this.#group;
    const frame = elementFrame(this.#type, this.#group, this.#options, {
      initial: () => ({ options: this.#frameOptions(), locale, fonts, brand: this.#group.brand }),
      receive: message => this.#receive(message),
      reloaded: () => this.#reset(),
      lost: cause => this.#lost(cause),
    });
    const wrapper = elementWrapper();
    this.#frame = frame;
    this.#container = container;
    mountedElements.set(container, this);
    this.#showClasses();
    container.replaceChildren(wrapper);
    frame.insertInto(wrapper);
  }

  unmount() {
    this.#refuseDestroyed();
    const container = this.#container;
    if (!container) return;
    this.#frame?.node.parentElement?.remove();
    this.#frame?.remove();
    this.#state = blankState();
    this.#focused = this.#ready = false;
    if (mountedElements.get(container) === this) mountedElements.delete(container);
    this.#classes.clear(container);
    this.#frame = this.#container = null;
  }

  destroy() {
    this.unmount();
    this.#destroyed = true;
    this.#group.forget(this.#type);
  }

  clear() {
    this.#send({ operation: 'clear' });
  }

  focus() {
    this.#refuseDestroyed();
    if (!this.#frame) return;
    this.#frame.node.focus();
    this.#send({ operation: 'focus' });
  }

  blur() {
    this.#send({ operation: 'blur' });
    this.#frame?.node.blur();
  }

  /** @param {ElementOptions} options those that change */
  update(options) {
    this.#refuseDestroyed();
    this.#options = mergeOptions(this.#options, knownOptions(this.#type, options, 'update'));
    if (!this.#frame) return;
    this.#showClasses();
    this.#send({ operation: 'update', options: this.#frameOptions() });
  }

  /**
   * The frame that holds what was typed, for the methods of the Stripe object that owns this element.
   * @param {unknown} element
   * @param {StripeClient} owner
   */
  static dataFrame(element, owner) {
    if (!(element instanceof StripeElement)) return null;
    if (element.#type !== 'card' && element.#type !== 'cardNumber') {
      throw new IntegrationError(`A ${element.#type} element cannot stand for a card: pass the card or the cardNumber element.`);
    }
    return StripeElement.#frameOf(element, owner, element.#type === 'card' ? [] : element.#group.siblingFrames());
  }

  /**
   * The frame of a security code that is typed again for a card at hand.
   * @param {unknown} element
   * @param {StripeClient} owner
   */
  static codeFrame(element, owner) {
    if (!(element instanceof StripeElement)) return null;
    if (element.#type !== 'cardCvc') throw new IntegrationError(`A ${element.#type} element holds no security code: pass the cardCvc element.`);
    return StripeElement.#frameOf(element, owner, []);
  }

  /**
   * @param {StripeElement} element
   * @param {StripeClient} owner
   * @param {(string | null | undefined)[]} siblings
   */
  static #frameOf(element, owner, siblings) {
    if (element.#group.owner !== owner) {
      throw new IntegrationError('Please use the same instance of `Stripe` that this Element was created with.');
    }
    if (!element.#frame?.node.isConnected) {
      throw new IntegrationError('We could not retrieve data from the specified Element. Make sure that it is still mounted.');
    }
    return { frame: element.#frame, siblings };
  }

  /**
   * The name of this element's frame, while it is on the page.
   * @param {StripeElement} element
   */
  static frameName(element) {
    return element.#frame?.node.isConnected ? element.#frame.node.name : null;
  }

  /**
   * @param {StripeElement} element
   * @param {object} message
   */
  static tell(element, message) {
    element.#send(message);
  }

  /** @param {object} message */
  #send(message) {
    this.#refuseDestroyed();
    this.#frame?.send(message);
  }

  #frameOptions() {
    const { classes, ...forFrame } = this.#options;
    return forFrame;
  }

  /** @param {any} message of the frame's */
  #receive({ event, ...details }) {
    switch (event) {
      case 'ready':
        if (!this.#ready) {
          this.#ready = true;
          this.#emit('ready');
        }
        break;
      case 'state':
        this.#state = details;
        this.#showClasses();
        this.#announce();
        break;
      case 'focus':
      case 'blur':
        this.#focused = event === 'focus';
        this.#showClasses();
        this.#emit(event);
        break;
      case 'escape':
        this.#emit('escape');
        break;
      case 'height':
        // A container that is not shown has no height to speak of.
        if (this.#frame && details.pixels > 0) dress(this.#frame.node, { height: `${details.pixels}px` });
        break;
      case 'submit':
        submitForm(this.#container?.closest('form') ?? null);
        break;
    }
  }

  #change() {
    const { empty, complete, error, brand, postalCode } = this.#state;
    return {
      elementType: this.#type,
      empty,
      complete,
      error: error ?? undefined,
      ...(this.#type === 'card' && { value: { postalCode } }),
      ...((this.#type === 'card' || this.#type === 'cardNumber') && { brand }),
    };
  }

  /** The frame reports its state whenever it might have changed, after each load too; the shop hears of what did change. */
  #announce() {
    const change = this.#change();
    const announcement = JSON.stringify(change);
    if (announcement === this.#announced) return;
    this.#announced = announcement;
    if (this.#type === 'cardNumber') this.#group.setBrand(this.#state.brand);
    this.#emit('change', change);
  }

  #reset() {
    this.#state = blankState();
    this.#focused = false;
    this.#showClasses();
  }

  /** @param {'load' | 'removed'} cause */
  #lost(cause) {
    this.#reset();
    if (cause !== 'load') return;
    this.#emit('loaderror', {
      error: { ...connectionError(this.#group.locale), message: `The card fields could not be loaded from ${sandboxOrigin}. Is it running, and does the page's Content-Security-Policy allow it in frame-src?` },
    });
  }

  /**
   * @param {string} event
   * @param {object} [details]
   */
  #emit(event, details) {
    ElementEvents.emit(this, event, { elementType: this.#type, ...details });
  }

  #showClasses() {
    if (!this.#container) return;
    const { empty, complete, error, autofilled } = this.#state;
    const states = { base: true, empty, complete: complete && !error, invalid: Boolean(error), focus: this.#focused, webkitAutofill: autofilled };
    this.#classes.show(this.#container, states, this.#options.classes);
  }

  #refuseDestroyed() {
    if (this.#destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
  }
}

/** @returns {ElementState} */
function blankState() {
  return { empty: true, complete: false, error: null, brand: 'unknown', postalCode: '', autofilled: false };
}
