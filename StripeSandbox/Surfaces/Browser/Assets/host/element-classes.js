const stateClasses = {
  base: 'StripeElement',
  complete: 'StripeElement--complete',
  empty: 'StripeElement--empty',
  focus: 'StripeElement--focus',
  invalid: 'StripeElement--invalid',
  webkitAutofill: 'StripeElement--webkit-autofill',
};

/** The class names by which an element's container shows its state. */
class ElementClasses {
  /** @type {Set<string>} */
  #shown = new Set();

  /**
   * @param {HTMLElement} container
   * @param {Record<keyof typeof stateClasses, boolean>} states
   * @param {import('@stripe/stripe-js').StripeElementClasses} [own] the shop's names in place of Stripe's
   */
  show(container, states, own) {
    const names = new Set(Object.entries({ ...stateClasses, ...own })
      .filter(([state]) => states[/** @type {keyof typeof stateClasses} */ (state)])
      .flatMap(([, name]) => name.split(/\s+/).filter(Boolean)));
    container.classList.remove(...[...this.#shown].filter(name => !names.has(name)));
    container.classList.add(...names);
    this.#shown = names;
  }

  /** @param {HTMLElement} container */
  clear(container) {
    container.classList.remove(...this.#shown);
    this.#shown.clear();
  }
}
