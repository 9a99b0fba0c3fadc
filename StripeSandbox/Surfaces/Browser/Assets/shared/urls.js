const cssUrl = /url\(\s*(["']?)(.*?)\1\s*\)/gi;

/**
 * A CSS value with every `url()` in it made absolute. One that is no URL is left as it is.
 * @param {string} value
 * @param {string} base
 */
function absoluteUrls(value, base) {
  return value.replace(cssUrl, (whole, quote, url) => (URL.canParse(url, base) ? `url("${new URL(url, base).href}")` : whole));
}

/**
 * The addresses that a CSS value would load.
 * @param {string} value
 */
function urlsIn(value) {
  return [...value.matchAll(cssUrl)].map(match => match[2]).filter(url => URL.canParse(url));
}
