/**
 * @typedef {import('@stripe/stripe-js').CssFontSource | import('@stripe/stripe-js').CustomFontSource} FontSource
 */

/**
 * The fonts that `elements({fonts})` was given, with addresses that hold outside this page too.
 * @param {FontSource[] | null} [fonts]
 * @returns {FontSource[]}
 */
function knownFonts(fonts) {
  return (fonts ?? []).map(font => {
    if ('cssSrc' in font && URL.canParse(font.cssSrc, document.baseURI)) return { cssSrc: new URL(font.cssSrc, document.baseURI).href };
    if ('family' in font && typeof font.src === 'string') return { ...font, src: absoluteUrls(font.src, document.baseURI) };
    throw new IntegrationError('Invalid value for elements(): a font should have either cssSrc, or family and src.');
  });
}

/**
 * What the address of a frame says so that its Content-Security-Policy lets these fonts in.
 * @param {FontSource[]} fonts
 */
function fontQuery(fonts) {
  const query = new URLSearchParams();
  for (const font of fonts) {
    if ('cssSrc' in font) query.append('css', new URL(font.cssSrc).origin);
    else for (const url of urlsIn(font.src)) query.append('font', url.startsWith('data:') ? 'data:' : new URL(url).origin);
  }
  return query;
}
