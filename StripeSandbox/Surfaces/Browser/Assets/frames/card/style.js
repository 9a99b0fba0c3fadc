const allowed = new Set([
  'backgroundColor', 'color', 'fontFamily', 'fontSize', 'fontStyle', 'fontVariant', 'fontWeight', 'letterSpacing',
  'lineHeight', 'padding', 'textAlign', 'textDecoration', 'textShadow', 'textTransform',
]);
const renamed = { fontSmoothing: '-webkit-font-smoothing' };
const variants = { base: '', empty: '.is-empty', complete: '.is-complete', invalid: '.is-invalid' };
const pseudos = [':hover', ':focus', '::placeholder', '::selection', ':-webkit-autofill', ':disabled'];
/** What the icon follows beside the state of the card. `:where` leaves it below that state, as the pseudo-classes of a field are. */
const iconPlaces = {
  ':hover': ':where(.CardField:hover) ', ':focus': ':where(.CardField:focus-within) ', ':disabled': ':where(.CardField:has(:disabled)) ',
};

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
    if (properties.iconColor) addRule(`.Icon${state}`, { color: properties.iconColor });
    if (variant === 'base') addRule('.CardField', { fontSize: properties.fontSize, fontFamily: properties.fontFamily, lineHeight: properties.lineHeight });
    for (const pseudo of pseudos) {
      const wanted = properties[pseudo];
      if (!wanted) continue;
      const rule = addRule(`.InputElement${state}${pseudo}`, wanted);
      if (pseudo === ':-webkit-autofill') paintOver(rule, wanted);
      if (wanted.iconColor && iconPlaces[pseudo]) addRule(`${iconPlaces[pseudo]}.Icon${state}`, { color: wanted.iconColor });
    }
    if (properties['::placeholder']) addRule(`.LastDigits.is-empty${state}`, properties['::placeholder']);
  }
}

/** A browser paints a filled field in colours that no rule of ours outranks; these two lie on top of them. */
function paintOver({ style }, { color, backgroundColor }) {
  if (color) style.setProperty('-webkit-text-fill-color', color);
  if (backgroundColor) style.setProperty('box-shadow', `inset 0 0 0 100vmax ${backgroundColor}`);
}

function addRule(selector, properties) {
  const rule = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)];
  for (const [name, value] of Object.entries(properties)) {
    const property = renamed[name] ?? (allowed.has(name) ? kebab(name) : null);
    if (property && value !== undefined) rule.style.setProperty(property, value);
  }
  return rule;
}

const kebab = name => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
