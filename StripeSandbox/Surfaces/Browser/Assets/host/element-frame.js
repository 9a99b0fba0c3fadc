/**
 * The frame of an element, not yet on the page.
 * @param {ElementType} type
 * @param {Elements} group
 * @param {ElementOptions} options
 * @param {FrameHandlers} handlers
 */
function elementFrame(type, group, options, handlers) {
  const frame = new Frame('elements-inner-card.html', {
    name: '__privateStripeFrame',
    title: textsFor(group.locale).frames[type],
    query: fontQuery(group.fonts),
    parameters: { component: type },
    handlers,
  });
  // A frame is transparent only where its colour scheme is its document's, which is light whatever the shop's may be.
  dress(frame.node, {
    border: 'none', margin: '0', padding: '0', width: '1px', 'min-width': '100%', overflow: 'hidden', display: 'block',
    'color-scheme': 'light only', height: expectedHeight(options.style),
  });
  return frame;
}

/**
 * The height a frame will have, so that the page does not jump when it arrives: Stripe's line height is 1.2.
 * @param {import('@stripe/stripe-js').StripeElementStyle} [style]
 */
function expectedHeight(style) {
  const size = Number.parseFloat(style?.base?.fontSize ?? '16px');
  return `${(Number.isFinite(size) ? size : 16) * 1.2}px`;
}

/** What holds a frame in its container. */
function elementWrapper() {
  const wrapper = document.createElement('div');
  wrapper.className = '__PrivateStripeElement';
  dress(wrapper, { margin: '0', padding: '0', border: 'none', display: 'block', background: 'transparent', position: 'relative', opacity: '1' });
  return wrapper;
}

/**
 * @param {string | HTMLElement} target
 * @returns {HTMLElement}
 */
function containerFor(target) {
  if (target instanceof HTMLElement) return target;
  if (typeof target !== 'string') throw new IntegrationError('Invalid DOM element. Call mount() with either a valid selector or an element.');
  const found = /** @type {HTMLElement | null} */ (document.querySelector(target));
  if (!found) throw new IntegrationError(`The selector you specified (${target}) applies to no DOM element that is currently on the page. Make sure it exists before calling mount().`);
  return found;
}
