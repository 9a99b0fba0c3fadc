// The countries of a billing address, in the page's language by the browser's own names.

// ISO 3166-1 alpha-2, which Stripe takes: https://docs.stripe.com/api/payment_methods/object#payment_method_object-billing_details.
// Each word is a first letter, and the second ones that it goes with.
const codes = (
  'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR ' +
  'GABDEFGHILMNPQRSTUWY HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ ' +
  'NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ ' +
  'VACEGINU WFS YET ZAMW'
)
  .split(' ')
  .flatMap(([first, ...others]) => others.map((second) => `${first}${second}`));

/**
 * Lists the countries in a form's field, once.
 * @param {HTMLFormElement | null | undefined} form
 */
export function listCountries(form) {
  const select = form?.querySelector('select[name="country"]');
  if (!(select instanceof HTMLSelectElement) || select.length > 1) {
    return;
  }
  const language = select.closest('[lang]')?.getAttribute('lang') || 'en';
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const order = new Intl.Collator(language);
  select.append(
    ...codes
      .map((code) => new Option(names.of(code), code))
      .sort((one, other) => order.compare(one.text, other.text)),
  );
}

/** The region that the browser's languages name first; empty where none does: a language alone is spoken in many. */
export function likelyCountry() {
  const parts = navigator.languages.flatMap((language) => language.toUpperCase().split('-').slice(1));
  return parts.find((part) => codes.includes(part)) ?? '';
}
