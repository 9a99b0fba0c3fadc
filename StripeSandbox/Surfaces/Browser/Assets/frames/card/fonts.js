import { absoluteUrls } from '../shared.js';

const descriptors = { style: 'font-style', weight: 'font-weight', stretch: 'font-stretch', unicodeRange: 'unicode-range', display: 'font-display' };

/**
 * Loads the shop's fonts, all of them at once: a font that the browser fetched when its first character is typed would tell
 * what was typed. One that cannot be loaded leaves the next of the `fontFamily`.
 */
export function loadFonts(fonts) {
  for (const font of fonts) {
    if (font.cssSrc) attempt(font.cssSrc, () => loadStylesheet(font.cssSrc));
    else attempt(font.family, () => loadFace(font));
  }
}

async function attempt(name, load) {
  try {
    await load();
  } catch (error) {
    console.warn(`The font ${name} could not be loaded: ${error.message}`);
  }
}

/** Of a stylesheet, only the fonts: its other rules have no business in here. */
async function loadStylesheet(url) {
  const response = await fetch(url, { credentials: 'omit' });
  if (!response.ok) throw new Error(`its stylesheet was answered with ${response.status}`);
  const sheet = new CSSStyleSheet();
  await sheet.replace(await response.text());
  for (const { style } of [...sheet.cssRules].filter(rule => rule instanceof CSSFontFaceRule)) {
    const face = { family: style.getPropertyValue('font-family'), src: absoluteUrls(style.getPropertyValue('src'), response.url) };
    for (const [name, property] of Object.entries(descriptors)) face[name] = style.getPropertyValue(property);
    attempt(face.family, () => loadFace(face));
  }
}

async function loadFace({ family, src, ...rest }) {
  const named = Object.keys(descriptors).filter(name => rest[name]).map(name => [name, rest[name]]);
  const face = new FontFace(family.replace(/^(["'])(.*)\1$/, '$2'), src, Object.fromEntries(named));
  document.fonts.add(await face.load());
}
