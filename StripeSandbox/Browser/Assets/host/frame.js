// How long a frame may take to say hello, in milliseconds: from its insertion, and from its load event, which a browser
// also raises for a page that it could not fetch or that a Content-Security-Policy blocked.
const insertionGrace = 20_000;
const loadGrace = 3_000;
const frameSeries = String(Math.random()).slice(2, 8);
let frameCount = 0;

const frames = new Set();

/**
 * One of the sandbox's iframes and the private port to it. An iframe that is moved in the document loads again: it says
 * hello again, gets a fresh port, and what was asked of its former self is answered with a connection error.
 */
class Frame {
  #port = null;
  #outbox = [];
  #pending = new Map();
  #lastId = 0;
  #inserted = false;
  #failed = false;
  #handlers;

  /** @param handlers `initial()` gives what a frame that just loaded is told; `receive(message)`; `reloaded()`; `lost(cause)`. */
  constructor(page, { name, title, parameters = {}, handlers }) {
    this.#handlers = handlers;
    const hash = new URLSearchParams({ ...parameters, host: location.origin });
    this.node = document.createElement('iframe');
    this.node.name = `${name}${frameSeries}${++frameCount}`;
    this.node.title = title;
    this.node.allow = 'payment *';
    this.node.src = `${sandboxOrigin}/v3/${page}#${hash}`;
    this.node.addEventListener('load', () => this.#expectHello(loadGrace));
    frames.add(new WeakRef(this));
  }

  insertInto(parent) {
    this.#inserted = true;
    parent.append(this.node);
    this.#expectHello(insertionGrace);
  }

  get usable() {
    return this.node.isConnected && !this.#failed;
  }

  send(message) {
    if (this.#port) this.#port.postMessage(message);
    else this.#outbox.push(message);
  }

  /** Asks the frame; resolves with its answer, or with `{error}` when the frame is gone. */
  request(operation, values) {
    if (!this.usable) return Promise.resolve({ error: connectionError() });
    return new Promise(resolve => {
      const id = ++this.#lastId;
      this.#pending.set(id, resolve);
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
    this.node.contentWindow.postMessage({ stripe: 'connect', initial: this.#handlers.initial() }, sandboxOrigin, [port2]);
    for (const message of this.#outbox.splice(0)) port1.postMessage(message);
  }

  noticeRemoval() {
    if (this.#inserted && !this.node.isConnected) this.#lose('removed');
  }

  #receive(message) {
    if (message.id === undefined) {
      this.#handlers.receive?.(message);
      return;
    }
    this.#pending.get(message.id)?.(message.answer);
    this.#pending.delete(message.id);
  }

  #expectHello(milliseconds) {
    setTimeout(() => {
      if (!this.#port && !this.#failed && this.node.isConnected) this.#lose('load');
    }, milliseconds);
  }

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
    for (const settle of this.#pending.values()) settle({ error: connectionError() });
    this.#pending.clear();
  }
}

function eachFrame(visit) {
  for (const reference of frames) {
    const frame = reference.deref();
    if (frame) visit(frame);
    else frames.delete(reference);
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

/** Sets inline styles through the CSSOM, which a Content-Security-Policy without unsafe-inline allows. */
function dress(node, styles) {
  for (const [property, value] of Object.entries(styles)) node.style.setProperty(property, value, 'important');
}
