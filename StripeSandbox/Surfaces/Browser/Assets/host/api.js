/** @type {Frame | null} */
let controller = null;

/**
 * Has the hidden controller frame call the API: the shop's page itself never does, so its connect-src stays its own.
 * @param {string} operation
 * @param {{ session: Session } & Record<string, unknown>} values
 */
function askController(operation, values) {
  if (!controller?.usable) controller = openController();
  return controller.request(operation, values);
}

function openController() {
  controller?.remove();
  const frame = new Frame('controller.html', {
    name: '__privateStripeController',
    title: 'Payment service connection',
    handlers: { initial: () => ({}) },
  });
  frame.node.setAttribute('aria-hidden', 'true');
  frame.node.tabIndex = -1;
  dress(frame.node, {
    position: 'fixed', top: '0', left: '0', width: '1px', height: '1px', border: 'none', visibility: 'hidden', 'pointer-events': 'none',
  });
  frame.insertInto(document.body);
  return frame;
}
