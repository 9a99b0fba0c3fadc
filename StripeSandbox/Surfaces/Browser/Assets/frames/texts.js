import { resolveLocale, textsFor } from './shared.js';

/** Declares the document's language and writes its texts where it names them: `data-text`, `data-label`, `data-title`. */
export function writeTexts(locale, group) {
  const texts = textsFor(locale)[group];
  document.documentElement.lang = locale;
  document.title = texts.title;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = texts[node.dataset.text];
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', texts[node.dataset.label]);
  for (const node of document.querySelectorAll('[data-title]')) node.title = texts[node.dataset.title];
  return texts;
}

/** The locale that the address of this frame names. */
export const addressedLocale = () => resolveLocale(new URLSearchParams(location.hash.slice(1)).get('locale'));
