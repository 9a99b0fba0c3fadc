const languages = {
  en: {
    incomplete_number: 'Enter the whole card number.',
    invalid_number: 'This card number is not valid. Check it for a typing error.',
    incomplete_expiry: 'Enter the expiry date as month and year.',
    invalid_expiry_month: 'The expiry month must be between 01 and 12.',
    invalid_expiry_month_past: 'This card has expired. Check the date or use another card.',
    invalid_expiry_year: 'This expiry year is too far in the future.',
    invalid_expiry_year_past: 'This card has expired. Check the year or use another card.',
    incomplete_cvc: 'Enter the whole security code.',
    incomplete_zip: 'Enter the whole postal code.',
    api_connection_error: 'The payment service could not be reached. Check your connection and try again.',
    api_error: 'The payment service answered in a way that we do not understand. Try again in a moment.',

    number: 'Card number',
    number_label: 'Credit or debit card number',
    number_example: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    expiry_label: 'Credit or debit card expiration date',
    cvc: 'CVC',
    cvc_label: 'Credit or debit card CVC/CVV',
    zip: 'ZIP',
    postal_code: 'Postal code',

    setup_request: 'Your bank asks you to confirm that this card is saved',
    setup_question: 'Is it you who saves this card?',
    setup_subject: 'A card for later payments',
    setup_note: 'This is a test page that stands in for your bank’s. No money moves. “Complete” lets the card be saved, “Fail” refuses it.',
  },
};

/** The texts for an IETF language tag; `auto` or nothing is the browser's own language, and English where there is none. */
export function messagesFor(locale) {
  return languages[resolveLocale(locale).split('-')[0]] ?? languages.en;
}

export function resolveLocale(locale) {
  return locale && locale !== 'auto' ? locale : navigator.language;
}
