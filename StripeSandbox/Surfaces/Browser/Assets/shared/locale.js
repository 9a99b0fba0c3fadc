/**
 * The IETF tag that a page speaks when it asks for this one: a language of ours, or else English, and the region that was
 * meant. `auto`, or nothing, is the browser's own language.
 * @param {string | null} [wanted]
 */
function resolveLocale(wanted) {
  const { language, region = 'US' } = new Intl.Locale(canonical(wanted && wanted !== 'auto' ? wanted : navigator.language)).maximize();
  return `${Object.hasOwn(languages, language) ? language : 'en'}-${region}`;
}

/** @param {string} tag */
function canonical(tag) {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return 'en';
  }
}

/**
 * The texts for a tag that `resolveLocale` gave.
 * @param {string} locale
 * @returns {Record<string, Record<string, string>>}
 */
function textsFor(locale) {
  return languages[locale.split('-')[0]];
}

/**
 * What the API said, in the shopper's language. What it says to developers alone is in no table and stays as it is.
 * @param {string} message
 * @param {string} locale
 */
function translateMessage(message, locale) {
  const known = Object.keys(languages.en.api).find(key => languages.en.api[key] === message);
  return known ? textsFor(locale).api[known] : message;
}
