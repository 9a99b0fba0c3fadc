const mountedElements = new WeakMap();

/** One card element, or one of the fields of a split one: what `elements.create()` returns. */
class StripeElement {
  #group;
  #type;
  #options;
  #frame = null;
  #container = null;
  #handlers = new Map();
  #state = blankState();
  #announced;
  #classNames = new Set();
  #ready = false;
  #focused = false;
  #destroyed = false;

  constructor(group, type, options) {
    this.#group = group;
    this.#type = type;
    this.#options = knownOptions(type, options, 'create');
    this.#announced = JSON.stringify(this.#change());
  }

  mount(target) {
    this.#refuseDestroyed();
    const container = this.#resolve(target);
    if (container === this.#container && container.contains(this.#frame.node)) return;
    this.unmount();
    if (container.childNodes.length > 0) {
      console.warn('This Element is mounted on a DOM element that contains child nodes; they are removed.');
    }

    const frame = new Frame('elements-inner-card.html', {
      name: '__privateStripeFrame',
      title: elementKinds[this.#type].title,
      parameters: { component: this.#type },
      handlers: {
        initial: () => ({ options: this.#frameOptions(), locale: this.#group.locale, brand: this.#group.brand }),
        receive: message => this.#receive(message),
        reloaded: () => this.#reset(),
        lost: cause => this.#lost(cause),
      },
    });
    const wrapper = document.createElement('div');
    wrapper.className = '__PrivateStripeElement';
    dress(wrapper, { margin: '0', padding: '0', border: 'none', display: 'block', background: 'transparent', position: 'relative', opacity: '1' });
    // A frame is transparent only where its colour scheme is its document's, which is light whatever the shop's may be.
    dress(frame.node, {
      border: 'none', margin: '0', padding: '0', width: '1px', 'min-width': '100%', overflow: 'hidden', display: 'block',
      'color-scheme': 'light only', height: expectedHeight(this.#options.style),
    });
    this.#frame = frame;
    this.#container = container;
    mountedElements.set(container, this);
    this.#showClasses();
    container.replaceChildren(wrapper);
    frame.insertInto(wrapper);
  }

  unmount() {
    this.#refuseDestroyed();
    if (!this.#container) return;
    const container = this.#container;
    this.#frame.node.parentNode?.remove();
    this.#frame.remove();
    this.#state = blankState();
    this.#focused = this.#ready = false;
    if (mountedElements.get(container) === this) mountedElements.delete(container);
    container.classList.remove(...this.#classNames);
    this.#classNames.clear();
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

  update(options) {
    this.#refuseDestroyed();
    this.#options = mergeOptions(this.#options, knownOptions(this.#type, options, 'update'));
    if (!this.#frame) return;
    this.#showClasses();
    this.#send({ operation: 'update', options: this.#frameOptions() });
  }

  on(event, handler) {
    if (typeof handler !== 'function') throw new IntegrationError(`Please provide a handler for the event '${event}': a function.`);
    this.#handlers.set(event, [...(this.#handlers.get(event) ?? []), { handler }]);
    return this;
  }

  once(event, handler) {
    this.on(event, handler);
    this.#handlers.get(event).at(-1).once = true;
    return this;
  }

  off(event, handler) {
    const kept = handler ? (this.#handlers.get(event) ?? []).filter(entry => entry.handler !== handler) : [];
    this.#handlers.set(event, kept);
    return this;
  }

  /** The frame that holds what was typed, for the methods of the Stripe object that owns this element. */
  static dataFrame(element, owner) {
    if (!(element instanceof StripeElement)) return null;
    if (element.#group.owner !== owner) {
      throw new IntegrationError('Please use the same instance of `Stripe` that this Element was created with.');
    }
    if (element.#type !== 'card' && element.#type !== 'cardNumber') {
      throw new IntegrationError(`A ${element.#type} element cannot stand for a card: pass the card or the cardNumber element.`);
    }
    if (!element.#frame?.node.isConnected) {
      throw new IntegrationError('We could not retrieve data from the specified Element. Make sure that it is still mounted.');
    }
    return { frame: element.#frame, siblings: element.#type === 'card' ? [] : element.#group.siblingFrames() };
  }

  /** The name of this element's frame, while it is on the page. */
  static frameName(element) {
    return element.#frame?.node.isConnected ? element.#frame.node.name : null;
  }

  static tell(element, message) {
    element.#send(message);
  }

  #send(message) {
    this.#refuseDestroyed();
    this.#frame?.send(message);
  }

  #frameOptions() {
    const { classes, ...forFrame } = this.#options;
    return forFrame;
  }

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
        if (details.pixels > 0) dress(this.#frame.node, { height: `${details.pixels}px` });
        break;
      case 'submit':
        submitForm(this.#container.closest('form'));
        break;
    }
  }

  #change() {
    const { empty, complete, error, brand, postalCode } = this.#state;
    const change = { elementType: this.#type, empty, complete, error: error ?? undefined };
    if (this.#type === 'card') change.value = { postalCode };
    if (this.#type === 'card' || this.#type === 'cardNumber') change.brand = brand;
    return change;
  }

  /** The frame reports its state whenever it might have changed, after each load too; the shop hears of what did change. */
  #announce() {
    const change = this.#change();
    const announcement = JSON.stringify(change);
    if (announcement === this.#announced) return;
    this.#announced = announcement;
    if (this.#type === 'cardNumber') this.#group.setBrand(change.brand);
    this.#emit('change', change);
  }

  #reset() {
    this.#state = blankState();
    this.#focused = false;
    this.#showClasses();
  }

  #lost(cause) {
    this.#reset();
    if (cause !== 'load') return;
    this.#emit('loaderror', {
      elementType: this.#type,
      error: { ...connectionError(), message: `The card fields could not be loaded from ${sandboxOrigin}. Is it running, and does the page's Content-Security-Policy allow it in frame-src?` },
    });
  }

  #emit(event, payload = { elementType: this.#type }) {
    for (const entry of this.#handlers.get(event) ?? []) {
      if (entry.once) this.off(event, entry.handler);
      try {
        entry.handler(payload);
      } catch (error) {
        reportError(error);
      }
    }
  }

  #showClasses() {
    if (!this.#container) return;
    const { empty, complete, error, autofilled } = this.#state;
    const shown = { base: true, empty, complete: complete && !error, invalid: Boolean(error), focus: this.#focused, webkitAutofill: autofilled };
    const names = new Set();
    for (const [state, on] of Object.entries(shown)) {
      const configured = this.#options.classes?.[state] ?? stateClasses[state];
      if (on) for (const name of configured.split(/\s+/).filter(Boolean)) names.add(name);
    }
    this.#container.classList.remove(...[...this.#classNames].filter(name => !names.has(name)));
    this.#container.classList.add(...names);
    this.#classNames = names;
  }

  #resolve(target) {
    if (target instanceof HTMLElement) return target;
    if (typeof target !== 'string') throw new IntegrationError('Invalid DOM element. Call mount() with either a valid selector or an element.');
    const found = document.querySelector(target);
    if (!found) throw new IntegrationError(`The selector you specified (${target}) applies to no DOM element that is currently on the page. Make sure it exists before calling mount().`);
    return found;
  }

  #refuseDestroyed() {
    if (this.#destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
  }
}

function blankState() {
  return { empty: true, complete: false, error: null, brand: 'unknown', postalCode: '', autofilled: false };
}

/** Enter in a card field does what Enter in any other text field of the form does. */
function submitForm(form) {
  if (!form) return;
  const button = [...form.elements].find(control => control.type === 'submit' || control.type === 'image');
  if (button) button.click();
  else form.requestSubmit();
}

document.addEventListener('click', event => {
  const label = event.target instanceof Element ? event.target.closest('label') : null;
  const candidates = label ? [document.getElementById(label.htmlFor), ...label.querySelectorAll('*')] : [event.target];
  for (const node of candidates) {
    const element = node && mountedElements.get(node);
    if (element) {
      element.focus();
      return;
    }
  }
});
