// The host page's origin, told by the script that made this frame. A page opened from a file has none.
const hostOrigin = new URLSearchParams(location.hash.slice(1)).get('host');

/**
 * Says hello to the page that embeds this frame and waits for its port. Only the embedding window is heard, and only from
 * the origin that it named. `operations` maps a name to what this frame does; what it returns goes back as the answer.
 */
export function connectToHost(operations) {
  return new Promise(resolve => {
    window.addEventListener('message', function accept(event) {
      if (event.source !== window.parent || event.origin !== hostOrigin || event.data?.stripe !== 'connect') return;
      const [port] = event.ports;
      if (!port) return;
      window.removeEventListener('message', accept);
      port.onmessage = ({ data }) => serve(port, operations, data);
      resolve({ initial: event.data.initial, send: message => port.postMessage(message) });
    });
    window.parent.postMessage({ stripe: 'hello' }, hostOrigin === 'null' ? '*' : hostOrigin);
  });
}

async function serve(port, operations, { id, operation, values, ...message }) {
  const answer = await operations[operation]?.(values ?? message);
  if (id !== undefined) port.postMessage({ id, answer });
}
