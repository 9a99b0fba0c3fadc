// The countries of a billing address, in the page's language by the browser's own names.

// ISO 3166-1 alpha-2, which Stripe takes: https://docs.stripe.com/api/payment_methods/object#payment_method_object-billing_details.
/** @type {string[]} */
const codes = (
  'ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCR' +
  'CUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHU' +
  'IDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQ' +
  'MRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSI' +
  'SJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW'
).match(/../g) ?? [];

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
