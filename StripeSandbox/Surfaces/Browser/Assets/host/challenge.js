/** @type {Map<string, Promise<IntentResult>>} */
const openChallenges = new Map();
let scrollLocks = 0;
/** @type {(() => void) | null} */
let unlockScroll = null;

/**
 * Shows the bank's page for an intent that waits for it. Resolves with the intent under its name, or with `{error}`. Asked twice for the
 * same intent, there is one challenge and both get its outcome.
 * @param {any} intent
 * @param {Session} session
 * @param {Element | null} returnFocusTo
 */
function authenticate(intent, session, returnFocusTo) {
  const open = openChallenges.get(intent.client_secret);
  if (open) return open;
  const challenge = showChallenge(intent, session, returnFocusTo).finally(() => openChallenges.delete(intent.client_secret));
  openChallenges.set(intent.client_secret, challenge);
  return challenge;
}

/**
 * @param {any} intent
 * @param {Session} session
 * @param {Element | null} returnFocusTo
 * @returns {Promise<IntentResult>}
 */
function showChallenge(intent, session, returnFocusTo) {
  return new Promise(resolve => {
    const { locale } = session;
    const { title } = textsFor(locale).challenge;
    const dialog = document.createElement('dialog');
    const leaving = new AbortController();
    const frame = new Frame('three-ds-2-challenge.html', {
      name: '__privateStripeFrame',
      title,
      parameters: { locale },
      handlers: {
        initial: () => ({ session, intent: challengedIntent(intent), merchant: merchantName() }),
        receive: message => message.event === 'finished' && finish(message.result),
        lost: cause => finish({ error: cause === 'load' ? connectionError(locale) : interruptedError(locale) }),
      },
    });
    /** @param {any} result `{intent}` or `{error}` */
    const finish = result => {
      if (leaving.signal.aborted) return;
      leaving.abort();
      dialog.close();
      dialog.remove();
      frame.remove();
      lockScroll(-1);
      resolve(result.error ? result : intentResult(result.intent, locale));
      // A shop disables its button while it waits and enables it again once it has the result: only then can focus go back.
      setTimeout(() => document.activeElement === document.body && returnFocusTo instanceof HTMLElement && returnFocusTo.focus());
    };

    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-label', title);
    dress(dialog, {
      position: 'fixed', inset: '0', width: '100%', height: '100%', 'max-width': 'none', 'max-height': 'none',
      margin: '0', padding: '0', border: 'none', background: 'transparent', overflow: 'hidden', 'color-scheme': 'light dark',
    });
    dress(frame.node, { width: '100%', height: '100%', border: 'none', display: 'block', background: 'transparent', 'color-scheme': 'light dark' });
    dialog.addEventListener('cancel', event => {
      event.preventDefault();
      frame.send({ operation: 'close' });
    }, { signal: leaving.signal });
    // A browser lets Escape close a dialog against our will the second time: the challenge decides, not the dialog.
    dialog.addEventListener('close', () => dialog.isConnected && dialog.showModal(), { signal: leaving.signal });
    onLeaving(() => finish({ error: interruptedError(locale) }), leaving.signal);

    document.body.append(dialog);
    lockScroll(+1);
    dialog.showModal();
    frame.insertInto(dialog);
    frame.node.focus();
  });
}

/**
 * What the bank's page needs, and no more.
 * @param {any} intent
 */
function challengedIntent({ id, object, client_secret, amount, currency, description, next_action }) {
  return { id, object, client_secret, amount, currency, description, source: next_action.use_stripe_sdk.three_d_secure_2_source };
}

function merchantName() {
  return document.querySelector('meta[name="application-name"]')?.getAttribute('content') || location.host || document.title;
}

/** @param {any} intent */
const isSetup = intent => intent.object === 'setup_intent';

/**
 * @param {any} intent
 * @returns {IntentResult}
 */
const intentNamed = intent => (isSetup(intent) ? { setupIntent: intent } : { paymentIntent: intent });

/**
 * @param {any} intent
 * @param {string} locale
 * @returns {IntentResult}
 */
function intentResult(intent, locale) {
  if (intent.status !== 'requires_payment_method' && intent.status !== 'canceled') return intentNamed(intent);
  const error = {
    type: 'invalid_request_error',
    code: `${intent.object}_unexpected_state`,
    message: `The ${isSetup(intent) ? 'setup' : 'payment'} is ${intent.status} and cannot be authenticated.`,
    ...(isSetup(intent) ? intent.last_setup_error : intent.last_payment_error),
    [intent.object]: intent,
  };
  // The API tells the shop's developers; this message is for the shopper.
  error.message = error.code === `${intent.object}_authentication_failure`
    ? textsFor(locale).errors.authentication_failure
    : translateMessage(error.message, locale);
  return { error };
}

/**
 * The page went elsewhere in mid-challenge: nothing was decided, and the same call shows the challenge again.
 * @param {string} locale
 */
function interruptedError(locale) {
  return { ...connectionError(locale), message: textsFor(locale).errors.interrupted };
}

/**
 * @param {() => void} leave
 * @param {AbortSignal} signal
 */
function onLeaving(leave, signal) {
  const path = location.pathname;
  const check = () => location.pathname !== path && leave();
  window.addEventListener('popstate', check, { signal });
  window.addEventListener('pagehide', leave, { signal });
  window.navigation?.addEventListener('currententrychange', check, { signal });
}

/** @param {1 | -1} change */
function lockScroll(change) {
  scrollLocks += change;
  const root = document.documentElement;
  if (scrollLocks > 0 && !unlockScroll) {
    const { overflow, paddingRight } = root.style;
    const scrollbar = window.innerWidth - root.clientWidth;
    root.style.overflow = 'hidden';
    if (scrollbar > 0) root.style.paddingRight = `${scrollbar}px`;
    unlockScroll = () => Object.assign(root.style, { overflow, paddingRight });
  } else if (scrollLocks === 0) {
    unlockScroll?.();
    unlockScroll = null;
  }
}
