const allowed = new Set([
  'backgroundColor', 'color', 'fontFamily', 'fontSize', 'fontStyle', 'fontVariant', 'fontWeight', 'letterSpacing',
  'lineHeight', 'padding', 'textAlign', 'textDecoration', 'textShadow', 'textTransform',
]);
const renamed = { fontSmoothing: '-webkit-font-smoothing' };
const variants = { base: '', empty: '.is-empty', complete: '.is-complete', invalid: '.is-invalid' };
const pseudos = new Set([':hover', ':focus', '::placeholder', '::selection', ':-webkit-autofill', ':disabled']);

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

/**
 * Puts the shop's `style` option into force. Properties are set one by one, so a value cannot smuggle in a rule, and none
 * of them can load anything: a style that calls out could tell what is typed.
 */
export function applyStyle(style = {}) {
  sheet.replaceSync('');
  for (const [variant, state] of Object.entries(variants)) {
    const properties = style[variant];
    if (!properties) continue;
    addRule(`.InputElement${state}, .LastDigits${state}`, properties);
    if (variant === 'base') addRule('.CardField', { fontSize: properties.fontSize, fontFamily: properties.fontFamily, lineHeight: properties.lineHeight });
    if (properties.iconColor) addRule(`.Icon${state}`, { color: properties.iconColor });
    for (const pseudo of pseudos) {
      if (properties[pseudo]) addRule(`.InputElement${state}${pseudo}`, properties[pseudo]);
    }
    if (properties['::placeholder']) addRule(`.LastDigits.is-empty${state}`, properties['::placeholder']);
  }
}

function addRule(selector, properties) {
  const rule = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)];
  for (const [name, value] of Object.entries(properties)) {
    const property = renamed[name] ?? (allowed.has(name) ? kebab(name) : null);
    if (property && value !== undefined) rule.style.setProperty(property, value);
  }
}

const kebab = name => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
