/*
 * What a shopper may expect of a card field because every other field of the page does it.
 */

/** @type {WeakMap<Node, StripeElement>} */
const mountedElements = new WeakMap();

/**
 * Enter in a card field does what Enter in any other text field of the form does.
 * @param {HTMLFormElement | null} form
 */
function submitForm(form) {
  if (!form) return;
  const controls = /** @type {HTMLInputElement[]} */ ([...form.elements]);
  const button = controls.find(control => control.type === 'submit' || control.type === 'image');
  if (button) button.click();
  else form.requestSubmit();
}

document.addEventListener('click', event => {
  const target = event.target instanceof Element ? event.target : null;
  const label = target?.closest('label');
  const candidates = label ? [document.getElementById(label.htmlFor), ...label.querySelectorAll('*')] : [target];
  for (const node of candidates) {
    const element = node && mountedElements.get(node);
    if (element) {
      element.focus();
      return;
    }
  }
});
