// How long a frame may take to say hello, in milliseconds: from its insertion, and from its load event, which a browser
// also raises for a page that it could not fetch or that a Content-Security-Policy blocked.
const insertionGrace = 20_000;
const loadGrace = 3_000;
const frameSeries = String(Math.random()).slice(2, 8);
let frameCount = 0;

/** @type {Set<WeakRef<Frame>>} */
const liveFrames = new Set();

/**
 * `initial()` gives what a frame that just loaded is told; `lost()` says that it did not load, or was taken off the page.
 * @typedef {object} FrameHandlers
 * @property {() => object} initial
 * @property {(message: any) => void} [receive]
 * @property {() => void} [reloaded]
 * @property {(cause: 'load' | 'removed') => void} [lost]
 */

/**
 * One of the sandbox's iframes and the private port to it. An iframe that is moved in the document loads again: it says
 * hello again, gets a fresh port, and what was asked of its former self is answered with a connection error.
 */
class Frame {
  /** @type {MessagePort | null} */
  #port = null;
  /** @type {object[]} */
  #outbox = [];
  /** @type {Map<number, { settle: (answer: any) => void, locale: string }>} */
  #pending = new Map();
  #lastId = 0;
  #inserted = false;
  #failed = false;
  #handlers;

  /**
   * @param {string} page
   * @param {object} options
   * @param {string} options.name
   * @param {string} options.title
   * @param {URLSearchParams} [options.query] what the server is told
   * @param {Record<string, string>} [options.parameters] what the frame is told
   * @param {FrameHandlers} options.handlers
   */
  constructor(page, { name, title, query, parameters = {}, handlers }) {
    this.#handlers = handlers;
    const hash = new URLSearchParams({ ...parameters, host: location.origin });
    this.node = document.createElement('iframe');
    this.node.name = `${name}${frameSeries}${++frameCount}`;
    this.node.title = title;
    this.node.allow = 'payment *';
    this.node.src = `${sandboxOrigin}/v3/${page}${query?.size ? `?${query}` : ''}#${hash}`;
    this.node.addEventListener('load', () => this.#expectHello(loadGrace));
    liveFrames.add(new WeakRef(this));
  }

  /** @param {Element} parent */
  insertInto(parent) {
    this.#inserted = true;
    parent.append(this.node);
    this.#expectHello(insertionGrace);
  }

  get usable() {
    return this.node.isConnected && !this.#failed;
  }

  /** @param {object} message */
  send(message) {
    if (this.#port) this.#port.postMessage(message);
    else this.#outbox.push(message);
  }

  /**
   * Asks the frame; resolves with its answer, or with `{error}` when the frame is gone.
   * @param {string} operation
   * @param {{ session: Session } & Record<string, unknown>} values
   * @returns {Promise<any>}
   */
  request(operation, values) {
    const { locale } = values.session;
    if (!this.usable) return Promise.resolve({ error: connectionError(locale) });
    return new Promise(resolve => {
      const id = ++this.#lastId;
      this.#pending.set(id, { settle: resolve, locale });
      this.send({ id, operation, values });
    });
  }

  remove() {
    this.#inserted = false;
    this.node.remove();
    this.#disconnect();
    this.#outbox = [];
  }

  connect() {
    const again = this.#port !== null;
    if (again) {
      this.#disconnect();
      this.#handlers.reloaded?.();
    }
    const { port1, port2 } = new MessageChannel();
    this.#inserted = true;
    this.#failed = false;
    this.#port = port1;
    port1.onmessage = event => this.#receive(event.data);
    this.node.contentWindow?.postMessage({ stripe: 'connect', initial: this.#handlers.initial() }, sandboxOrigin, [port2]);
    for (const message of this.#outbox.splice(0)) port1.postMessage(message);
  }

  noticeRemoval() {
    if (this.#inserted && !this.node.isConnected) this.#lose('removed');
  }

  /** @param {any} message */
  #receive(message) {
    if (message.id === undefined) {
      this.#handlers.receive?.(message);
      return;
    }
    this.#pending.get(message.id)?.settle(message.answer);
    this.#pending.delete(message.id);
  }

  /** @param {number} milliseconds */
  #expectHello(milliseconds) {
    setTimeout(() => {
      if (!this.#port && !this.#failed && this.node.isConnected) this.#lose('load');
    }, milliseconds);
  }

  /** @param {'load' | 'removed'} cause */
  #lose(cause) {
    this.#inserted = cause === 'load';
    this.#failed = cause === 'load';
    this.#disconnect();
    this.#outbox = [];
    this.#handlers.lost?.(cause);
  }

  #disconnect() {
    this.#port?.close();
    this.#port = null;
    for (const { settle, locale } of this.#pending.values()) settle({ error: connectionError(locale) });
    this.#pending.clear();
  }
}

/** @param {(frame: Frame) => void} visit */
function eachFrame(visit) {
  for (const reference of liveFrames) {
    const frame = reference.deref();
    if (frame) visit(frame);
    else liveFrames.delete(reference);
  }
}

window.addEventListener('message', event => {
  if (event.origin !== sandboxOrigin || event.data?.stripe !== 'hello') return;
  eachFrame(frame => {
    if (frame.node.contentWindow === event.source) frame.connect();
  });
});

// Frameworks drop nodes that they did not make (Blazor's enhanced navigation does): nobody tells us, so we look.
new MutationObserver(() => eachFrame(frame => frame.noticeRemoval()))
  .observe(document, { childList: true, subtree: true });

/**
 * Sets inline styles through the CSSOM, which a Content-Security-Policy without unsafe-inline allows.
 * @param {HTMLElement} node
 * @param {Record<string, string>} styles
 */
function dress(node, styles) {
  for (const [property, value] of Object.entries(styles)) node.style.setProperty(property, value, 'important');
}
