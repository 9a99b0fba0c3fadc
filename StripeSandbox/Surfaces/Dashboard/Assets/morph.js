/** Makes the old tree look like the fresh one, keeping what is alike: focus, selection and what was unfolded stay. */
export function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || idOf(old) !== idOf(fresh)) {
    old.replaceWith(fresh);
    return;
  }

  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }

  morphAttributes(old, fresh);
  morphChildren(old, fresh);
}

function morphAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    const isOfTheReader = name === 'open' || name === 'class' && old.classList.contains('fresh');
    if (!fresh.hasAttribute(name) && !isOfTheReader) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function morphChildren(old, fresh) {
  const known = new Map([...old.children].filter(idOf).map((child) => [idOf(child), child]));
  const wanted = new Set([...fresh.children].map(idOf).filter(Boolean));
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const match = idOf(child) ? known.get(idOf(child)) : unnamed(next, child);
    // A node that is moved loses the focus and what is being typed, so what stands before one that stays goes instead.
    while (match && next !== match && isBefore(next, match) && !wanted.has(idOf(next))) next = removed(next);
    if (match && match === next) {
      next = next.nextSibling;
      morph(match, child);
    } else if (match) {
      old.insertBefore(match, next);
      morph(match, child);
    } else {
      if (idOf(child)) child.classList.add('fresh');
      old.insertBefore(child, next);
    }
  }
  while (next) next = removed(next);
}

/** The next node that stands for one without a name: alike, and before the next one that has a name. */
function unnamed(next, like) {
  for (let node = next; node && !idOf(node); node = node.nextSibling) {
    if (node.nodeName === like.nodeName && node.classList?.[0] === like.classList?.[0]) return node;
    if (like.nodeType !== Node.ELEMENT_NODE) return undefined;
  }
  return undefined;
}

/** By the attribute: `form.id` is the form's field of that name, where it has one. */
function idOf(node) {
  return node.getAttribute?.('id');
}

function isBefore(node, other) {
  return node && node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
