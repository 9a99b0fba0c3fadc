/*
 * Small drawings of our own that say which brand was recognised, 24 by 16. Letters are strokes, so they need no font.
 * `currentColor` is the shop's iconColor.
 */
const card = (fill, inside) =>
  `<svg viewBox="0 0 24 16" focusable="false"><rect width="24" height="16" rx="2.5" fill="${fill}"/>${inside}</svg>`;
const letters = (path, colour = '#fff', width = 1.2) =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

const drawings = {
  unknown: card('currentColor', '<rect y="3.2" width="24" height="2.8" fill="#000" opacity=".28"/><rect x="2.6" y="9" width="7" height="1.5" rx=".7" fill="#fff" opacity=".85"/><rect x="2.6" y="11.6" width="4.4" height="1.5" rx=".7" fill="#fff" opacity=".6"/>'),
  visa: card('#1a3fb0', letters('M4 5.6 5.7 10.6 7.6 5.6M9.6 5.6 9 10.6M14.2 6.1C13 5.3 11.6 5.6 11.6 6.8S14 8 13.8 9.4 12 10.8 11 10M15.7 10.6 18 5.6 19.6 10.6M16.5 9.2H19')),
  mastercard: card('#20242f', '<circle cx="9.3" cy="8" r="4.6" fill="#e5322d"/><circle cx="14.7" cy="8" r="4.6" fill="#f5a623"/><path d="M12 4.28a4.6 4.6 0 0 1 0 7.44 4.6 4.6 0 0 1 0-7.44Z" fill="#f26b22"/>'),
  amex: card('#1f7acb', letters('M3 10.4 4.6 5.6 6.2 10.4M3.5 9H5.7M7.8 10.4V5.6L9.6 8.8 11.4 5.6V10.4M16 5.6H13.4V10.4H16M13.4 8H15.6M17.6 5.6 21 10.4M21 5.6 17.6 10.4', '#fff', 1.1)),
  discover: card('#f4f4f6', '<path d="M24 9.5V13.5A2.5 2.5 0 0 1 21.5 16H9.5C15 15 20.5 12.8 24 9.5Z" fill="#f47b20"/><circle cx="12" cy="6.8" r="3.6" fill="#f47b20"/>' + letters('M3.6 6.8H6.2M17.8 6.8H20.4', '#20242f')),
  diners: card('#f4f4f6', '<circle cx="12" cy="8" r="5.6" fill="#17609e"/><circle cx="12" cy="8" r="4.1" fill="#fff"/><path d="M11 5A3.3 3.3 0 0 0 11 11ZM13 5A3.3 3.3 0 0 1 13 11Z" fill="#17609e"/>'),
  jcb: card('#f4f4f6', '<path d="M5.2 5A2 2 0 0 1 7.2 3H9.2V11A2 2 0 0 1 7.2 13H5.2Z" fill="#1260b0"/><path d="M10 5A2 2 0 0 1 12 3H14V11A2 2 0 0 1 12 13H10Z" fill="#d5213a"/><path d="M14.8 5A2 2 0 0 1 16.8 3H18.8V11A2 2 0 0 1 16.8 13H14.8Z" fill="#2f9a48"/>'),
  unionpay: card('#f4f4f6', '<path d="M5.4 3H10L7.8 13H3.2Z" fill="#d8293a"/><path d="M10.2 3H14.8L12.6 13H8Z" fill="#135c87"/><path d="M15 3H20.4L18.2 13H12.8Z" fill="#0f7d83"/>'),
  error: card('currentColor', '<rect y="3.2" width="24" height="2.8" fill="#000" opacity=".28"/><rect x="2.6" y="10" width="6" height="1.5" rx=".7" fill="#fff" opacity=".7"/><circle cx="18" cy="11" r="4.4" fill="#fff"/>' + letters('M18 8.9V11.4', 'currentColor', 1.5) + '<circle cx="18" cy="13.3" r=".85" fill="currentColor"/>'),
  cvc: card('currentColor', '<rect y="2.6" width="24" height="3" fill="#000" opacity=".28"/><rect x="2.4" y="8" width="19.2" height="4.6" rx="1" fill="#fff" opacity=".9"/><rect x="13.4" y="8.9" width="7" height="2.8" rx="1.4" fill="none" stroke="currentColor" stroke-width=".9"/>'),
  cvcFront: card('currentColor', '<rect x="2.6" y="10.6" width="8" height="1.5" rx=".7" fill="#fff" opacity=".85"/><circle cx="6" cy="5.4" r="2.4" fill="#fff" opacity=".35"/><rect x="14" y="3" width="7.6" height="4" rx="1" fill="#fff"/>' + letters('M15.6 5H15.7M17.1 5H17.2M18.6 5H18.7M20.1 5H20.2', 'currentColor', 1)),
};

/** A solid drawing is the plain card: the shop asked for one colour. */
export function drawIcon(holder, name, solid) {
  const shown = solid && !['error', 'cvc', 'cvcFront'].includes(name) ? 'unknown' : name;
  if (holder.dataset.shows === shown) return;
  holder.dataset.shows = shown;
  holder.innerHTML = drawings[shown];
}
