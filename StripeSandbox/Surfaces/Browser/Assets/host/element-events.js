/** The part of an element, or of a group of them, that tells the shop what happens. */
class ElementEvents {
  /** @type {Map<string, { handler: (event: any) => unknown, once: boolean }[]>} */
  #listeners = new Map();

  /**
   * @param {string} event
   * @param {(event: any) => unknown} handler
   * @returns {this}
   */
  on(event, handler) {
    return this.#add(event, handler, false);
  }

  /**
   * @param {string} event
   * @param {(event: any) => unknown} handler
   * @returns {this}
   */
  once(event, handler) {
    return this.#add(event, handler, true);
  }

  /**
   * @param {string} event
   * @param {(event: any) => unknown} [handler] all of the event's, if it is left out
   * @returns {this}
   */
  off(event, handler) {
    this.#listeners.set(event, handler ? this.#of(event).filter(listener => listener.handler !== handler) : []);
    return this;
  }

  /**
   * The name that tutorials of Stripe's long used for `on`.
   * @param {string} event
   * @param {(event: any) => unknown} handler
   */
  addEventListener(event, handler) {
    return this.on(event, handler);
  }

  /**
   * @param {string} event
   * @param {(event: any) => unknown} [handler]
   */
  removeEventListener(event, handler) {
    return this.off(event, handler);
  }

  /**
   * One handler that throws keeps nobody else from hearing.
   * @param {ElementEvents} element
   * @param {string} event
   * @param {object} payload
   */
  static emit(element, event, payload) {
    for (const { handler, once } of element.#of(event)) {
      if (once) element.off(event, handler);
      try {
        handler(payload);
      } catch (error) {
        reportError(error);
      }
    }
  }

  /**
   * @param {string} event
   * @param {(event: any) => unknown} handler
   * @param {boolean} once
   */
  #add(event, handler, once) {
    if (typeof handler !== 'function') throw new IntegrationError(`Please provide a handler for the event '${event}': a function.`);
    this.#listeners.set(event, [...this.#of(event), { handler, once }]);
    return this;
  }

  /** @param {string} event */
  #of(event) {
    return this.#listeners.get(event) ?? [];
  }
}
