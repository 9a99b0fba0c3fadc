/** Writes nested values the way Stripe's API reads them: `a[b]=…`, `a[0]=…`; what is undefined is left out. */
export function encodeForm(values) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) append(form, name, value);
  return form;
}

function append(form, name, value) {
  if (value === undefined) return;
  if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) append(form, `${name}[${key}]`, inner);
  } else {
    form.append(name, value ?? '');
  }
}
