const patience = 5000;

/**
 * Asks the frames of the same form, which hold the other fields, for their values. They share this frame's origin, and the
 * browser delivers to no other: the page that embeds us names them, but sees neither question nor answer.
 */
export function collectFrom(names) {
  return Promise.all(names.map(askFrame));
}

function askFrame(name) {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(() => resolve({ fields: {}, error: null }), patience);
    window.parent.frames[name]?.postMessage({ stripe: 'collect' }, location.origin, [port2]);
  });
}

/** Answers such questions with `collect()`. */
export function answerSiblings(collect) {
  window.addEventListener('message', event => {
    if (event.origin !== location.origin || event.data?.stripe !== 'collect') return;
    event.ports[0]?.postMessage(collect());
  });
}
