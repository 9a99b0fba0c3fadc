import { morph } from './morph.js';

const content = document.getElementById('live-content');
const sign = document.getElementById('live');
const retryAfter = 2000;
let source;
let retry;

function say(isLive) {
  const text = isLive ? 'Live' : 'Connection lost. Trying again…';
  if (sign.textContent !== text) sign.textContent = text;
  sign.hidden = false;
  document.documentElement.classList.toggle('lost', !isLive);
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('live-content');
  if (fresh) morph(content, fresh);
}

function watch() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource(location.href);
  source.onopen = () => say(true);
  source.onmessage = (message) => show(message.data);
  source.onerror = () => {
    say(false);
    // The browser asks again by itself after a broken connection, not after an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) retry = setTimeout(watch, retryAfter);
  };
}

function rest() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

// A browser opens six connections to an origin: pages that nobody sees leave them to Stripe.js.
document.addEventListener('visibilitychange', () => (document.hidden ? rest() : watch()));
addEventListener('pagehide', rest);
addEventListener('pageshow', (event) => event.persisted && watch());
if (!document.hidden) watch();
