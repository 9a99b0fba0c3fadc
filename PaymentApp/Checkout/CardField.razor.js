// The card element of Stripe.js: https://docs.stripe.com/js/element. On a page that the browser has just loaded it begins
// before Blazor does, so that a shopper on a slow line types while the circuit is on its way. Blazor then puts its own
// rendering in place of the prerendered one, and the element moves along with what was typed: a frame that is moved in
// the one way that browsers have for it does not load anew.
// https://developer.mozilla.org/docs/Web/API/Element/moveBefore

import { listCountries } from './CountryField.razor.js';

/**
 * @typedef {import('@stripe/stripe-js').StripeConstructor} StripeConstructor
 * @typedef {import('@stripe/stripe-js').StripeCardElement} CardElement
 * @typedef {{ stripe: import('@stripe/stripe-js').Stripe, element: CardElement, problem(): string | null, dispose(): void }} CardField
 * @typedef {{ moveBefore(node: Node, before: Node | null): void }} MovingParent
 */

const loadTimeout = 15_000;

// What waits for Stripe.js waits no longer than this: a shop without its scripts could not even say what is wrong.
const patience = 5_000;

// The page's own, and not this script's: a circuit on a node of another version imports a script of another name.
const key = Symbol.for('payment-app.card-fields');
const page = /** @type {Record<symbol, WeakMap<Element, { field: Promise<CardField>, frame: HTMLElement }>>} */ (/** @type {unknown} */ (globalThis));
/** By container. */
const fields = (page[key] ??= new WeakMap());

/** @type {Promise<StripeConstructor> | null} */
let loading = null;

/**
 * Loads Stripe.js and mounts a card element. Called again for the same container, it answers with the one that is there.
 * @param {HTMLElement} container
 */
export async function cardFieldIn(container) {
  if (!fields.has(container)) {
    const frame = document.createElement('div');
    container.append(frame);
    fields.set(container, { frame, field: mount(frame, container.dataset) });
  }
  const { field, frame } = /** @type {{ field: Promise<CardField>, frame: HTMLElement }} */ (fields.get(container));
  try {
    return await field;
  } catch (error) {
    frame.remove();
    fields.delete(container);
    throw error;
  }
}

/** @param {HTMLElement} container */
function begin(container) {
  // Whoever asks for it later is told.
  cardFieldIn(container).catch(() => {});
  listCountries(container.closest('form'));
  const started = /** @type {Promise<unknown>} */ (loading);
  Promise.race([started, new Promise((resolve) => setTimeout(resolve, patience))]).then(loadTheRest, loadTheRest);
  moveAlong(container);
}

/** Loads what the page has put off until the card element has what it needs of the line. */
function loadTheRest() {
  const rest = document.getElementById('load-after-card');
  if (rest instanceof HTMLTemplateElement) {
    // One after the other, which is not the rule for scripts that come later.
    rest.content.querySelectorAll('script').forEach((script) => (script.async = false));
    document.body.append(rest.content);
    rest.remove();
  }
}

/**
 * Has the card element survive that Blazor removes the prerendered form and puts its own there, which it does at once and
 * by removeChild.
 * @param {HTMLElement} container
 */
function moveAlong(container) {
  /** @type {Element[]} */
  const parents = [];
  for (let parent = container.parentElement; parent; parent = parent.parentElement) {
    parents.push(parent);
    parent.removeChild = (child) => {
      if (child.contains(container)) {
        parents.forEach((each) => Reflect.deleteProperty(each, 'removeChild'));
        try {
          rescue(container);
        } catch (error) {
          // Blazor goes on, and the circuit has a new card mounted.
          console.warn(error);
        }
      }
      Node.prototype.removeChild.call(parent, child);
      return child;
    };
  }
}

/**
 * Takes the card element out of what is about to be removed and puts it into the form that comes instead, if one does.
 * @param {HTMLElement} container
 */
function rescue(container) {
  const begun = fields.get(container);
  const typed = typedIn(container.closest('form'));
  // Not in the body: where Blazor follows a link it is going through its elements.
  const shelter = document.head.appendChild(document.createElement('div'));
  if (begun) {
    move(begun.frame, shelter);
  }
  // Blazor has rendered by then, and nothing has been painted yet.
  queueMicrotask(() => {
    const next = document.querySelector('.card-field');
    typed.putInto(next?.closest('form'));
    if (begun && next) {
      move(begun.frame, next);
      fields.set(next, begun);
    } else {
      begun?.field.then(({ dispose }) => dispose(), () => {});
    }
    shelter.remove();
  });
}

/**
 * @param {HTMLElement} frame
 * @param {Element} parent
 */
function move(frame, parent) {
  /** @type {MovingParent} */ (/** @type {unknown} */ (parent)).moveBefore(frame, null);
}

/**
 * What was typed beside the card, and where.
 * @param {HTMLFormElement | null} form
 */
function typedIn(form) {
  const typed = inputsOf(form).filter(({ value }) => value);
  const focused = form?.contains(document.activeElement) ? document.activeElement : null;
  const [start, end] = focused instanceof HTMLInputElement ? [focused.selectionStart, focused.selectionEnd] : [null, null];
  return {
    /** @param {HTMLFormElement | null | undefined} next */
    putInto(next) {
      listCountries(next);
      for (const input of inputsOf(next)) {
        input.value = typed.find(({ name }) => name === input.name)?.value ?? input.value;
      }
      const again = focused?.id ? document.getElementById(focused.id) : null;
      again?.focus();
      // An e-mail field tells no selection.
      if (again instanceof HTMLInputElement && start !== null) {
        again.setSelectionRange(start, end);
      }
    },
  };
}

/** @param {HTMLFormElement | null | undefined} form */
function inputsOf(form) {
  return [...(form?.elements ?? [])].flatMap((element) =>
    (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) && element.name ? [element] : [],
  );
}

/**
 * @param {HTMLElement} frame
 * @param {DOMStringMap} settings
 * @returns {Promise<CardField>}
 */
async function mount(frame, { script = '', key = '', locale }) {
  loading ??= loadStripe(script).catch((error) => {
    loading = null;
    throw error;
  });
  const Stripe = await loading;
  const stripe = Stripe(key, { locale: /** @type {import('@stripe/stripe-js').StripeElementLocale} */ (locale) });
  const element = stripe.elements().create('card', { style: styleFor(frame) });
  /** @type {string | null} */
  let problem = null;
  element.on('change', ({ error }) => (problem = error?.message ?? null));

  await mounted(element, frame);

  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const restyle = () => element.update({ style: styleFor(frame) });
  darkness.addEventListener('change', restyle);
  return {
    stripe,
    element,
    problem: () => problem,
    dispose() {
      if (frame.parentElement) {
        fields.delete(frame.parentElement);
      }
      darkness.removeEventListener('change', restyle);
      element.destroy();
      frame.remove();
    },
  };
}

/**
 * @param {CardElement} element
 * @param {HTMLElement} frame
 * @returns {Promise<void>}
 */
function mounted(element, frame) {
  return new Promise((resolve, reject) => {
    const conclude = () => {
      clearTimeout(timer);
      element.off('ready', ready);
      element.off('loaderror', failed);
    };
    const ready = () => {
      conclude();
      resolve();
    };
    const failed = () => {
      conclude();
      element.destroy();
      reject(new Error('The card field could not be loaded.'));
    };
    const timer = setTimeout(failed, loadTimeout);
    element.on('ready', ready);
    element.on('loaderror', failed);
    element.mount(frame);
  });
}

/**
 * Loads the script once a page; one that failed or hung is taken away again, so that the next call can try anew.
 * @param {string} url
 * @returns {Promise<StripeConstructor>}
 */
function loadStripe(url) {
  return new Promise((resolve, reject) => {
    if (window.Stripe) {
      resolve(window.Stripe);
      return;
    }

    const script = [...document.scripts].find((candidate) => candidate.src === url) ?? document.createElement('script');
    const failed = () => {
      clearTimeout(timer);
      script.remove();
      reject(new Error('Stripe.js could not be loaded.'));
    };
    const timer = setTimeout(failed, loadTimeout);
    script.addEventListener('error', failed);
    script.addEventListener('load', () => {
      clearTimeout(timer);
      if (window.Stripe) {
        resolve(window.Stripe);
      } else {
        failed();
      }
    });
    if (!script.isConnected) {
      script.src = url;
      document.head.append(script);
    }
  });
}

/**
 * The page's colours for the iframe, which no stylesheet of the page reaches.
 * @param {HTMLElement} frame
 * @returns {import('@stripe/stripe-js').StripeElementStyle}
 */
function styleFor(frame) {
  const theme = getComputedStyle(frame);
  /** @param {string} name */
  const value = (name) => theme.getPropertyValue(name).trim();
  return {
    base: {
      color: value('--color-text'),
      iconColor: value('--color-text'),
      fontFamily: theme.fontFamily,
      fontSize: value('--font-size-field') || '16px',
      '::placeholder': { color: value('--color-placeholder') },
    },
    invalid: { color: value('--color-danger'), iconColor: value('--color-danger') },
  };
}

const first = document.querySelector('.card-field');
if (!('Blazor' in window)) {
  if (first instanceof HTMLElement && 'moveBefore' in first && first.checkVisibility()) {
    begin(first);
  } else {
    loadTheRest();
  }
}
