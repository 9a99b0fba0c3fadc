/** What each kind of element is called on the page, and the options that it knows. */
const elementKinds = {
  card: {
    title: 'Secure card payment input frame',
    options: ['classes', 'style', 'value', 'hidePostalCode', 'hideIcon', 'iconStyle', 'disabled', 'disableLink', 'preferredNetwork'],
  },
  cardNumber: {
    title: 'Secure card number input frame',
    options: ['classes', 'style', 'placeholder', 'disabled', 'showIcon', 'iconStyle', 'disableLink', 'preferredNetwork'],
  },
  cardExpiry: {
    title: 'Secure expiration date input frame',
    options: ['classes', 'style', 'placeholder', 'disabled'],
  },
  cardCvc: {
    title: 'Secure CVC input frame',
    options: ['classes', 'style', 'placeholder', 'disabled'],
  },
};

const stateClasses = {
  base: 'StripeElement',
  complete: 'StripeElement--complete',
  empty: 'StripeElement--empty',
  focus: 'StripeElement--focus',
  invalid: 'StripeElement--invalid',
  webkitAutofill: 'StripeElement--webkit-autofill',
};

function knownOptions(type, options, method) {
  const known = {};
  for (const [name, value] of Object.entries(options ?? {})) {
    if (elementKinds[type].options.includes(name)) known[name] = value;
    else console.warn(`Unrecognized ${method}() parameter: ${name} is not a recognized parameter of a ${type} element.`);
  }
  return known;
}

/** Options are merged one variant deep, so that `update({style: {base: {color}}})` keeps the other properties of base. */
function mergeOptions(current, changes) {
  const merged = { ...current, ...changes };
  if (changes.classes) merged.classes = { ...current.classes, ...changes.classes };
  if (changes.style) {
    merged.style = { ...current.style };
    for (const [variant, properties] of Object.entries(changes.style)) {
      merged.style[variant] = { ...current.style?.[variant], ...properties };
    }
  }
  return merged;
}

/** The height a frame will have, so that the page does not jump when it arrives: Stripe's line height is 1.2. */
function expectedHeight(style) {
  const size = Number.parseFloat(style?.base?.fontSize ?? '16px');
  return `${(Number.isFinite(size) ? size : 16) * 1.2}px`;
}
