/**
 * @typedef {import('@stripe/stripe-js').StripeCardElementOptions & import('@stripe/stripe-js').StripeCardNumberElementOptions} ElementOptions
 */

/**
 * The options that each kind of element knows.
 * @type {Record<ElementType, string[]>}
 */
const elementKinds = {
  card: ['classes', 'style', 'value', 'hidePostalCode', 'hideIcon', 'iconStyle', 'disabled', 'disableLink', 'preferredNetwork'],
  cardNumber: ['classes', 'style', 'placeholder', 'disabled', 'showIcon', 'iconStyle', 'disableLink', 'preferredNetwork'],
  cardExpiry: ['classes', 'style', 'placeholder', 'disabled'],
  cardCvc: ['classes', 'style', 'placeholder', 'disabled'],
};

/**
 * @param {ElementType} type
 * @param {ElementOptions | undefined} options
 * @param {string} method
 * @returns {ElementOptions}
 */
function knownOptions(type, options, method) {
  const known = Object.entries(options ?? {}).filter(([name]) => {
    const isKnown = elementKinds[type].includes(name);
    if (!isKnown) console.warn(`Unrecognized ${method}() parameter: ${name} is not a recognized parameter of a ${type} element.`);
    return isKnown;
  });
  return Object.fromEntries(known);
}

/**
 * Options are merged one variant deep, so that `update({style: {base: {color}}})` keeps the other properties of base.
 * @param {ElementOptions} current
 * @param {ElementOptions} changes
 */
function mergeOptions(current, changes) {
  const merged = { ...current, ...changes };
  if (changes.classes) merged.classes = { ...current.classes, ...changes.classes };
  if (changes.style) {
    merged.style = { ...current.style };
    for (const variant of /** @type {const} */ (['base', 'complete', 'empty', 'invalid'])) {
      if (changes.style[variant]) merged.style[variant] = { ...current.style?.[variant], ...changes.style[variant] };
    }
  }
  return merged;
}
