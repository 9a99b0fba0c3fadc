/** Makes the old tree look like the fresh one, keeping what is alike: focus, selection and what was unfolded stay. */
export function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
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
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const match = child.id ? known.get(child.id) : unnamed(next, child);
    if (match && match === next) {
      next = next.nextSibling;
      morph(match, child);
    } else if (match && child.id) {
      old.insertBefore(match, next);
      morph(match, child);
    } else {
      if (child.id) child.classList.add('fresh');
      old.insertBefore(child, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function unnamed(node, like) {
  return node && !node.id && node.nodeName === like.nodeName ? node : undefined;
}
