import { brandOf, cvcLength, passesLuhn } from './brands.js';
import { checkExpiry, formatExpiry } from './expiry.js';

/*
 * The kinds of field. `format` gives the text to show for what was typed; `check` judges it: `complete`, `full` when
 * nothing more fits, and the code of an error that typing on does not mend. `keeps` matches what counts for the caret.
 */

const onlyDigits = text => text.normalize('NFKC').replace(/\D/g, '');

export const number = {
  name: 'cardnumber',
  stableName: 'cardNumber',
  autocomplete: 'cc-number',
  keeps: /\d/,
  incomplete: 'incomplete_number',
  format(text) {
    const digits = onlyDigits(text);
    const { groups, lengths } = brandOf(digits);
    const parts = [];
    let start = 0;
    for (const size of groups) {
      parts.push(digits.slice(start, Math.min(start + size, lengths.at(-1))));
      start += size;
    }
    return parts.filter(Boolean).join(' ');
  },
  check(text, { editing }) {
    const digits = onlyDigits(text);
    const { lengths } = brandOf(digits);
    const full = digits.length >= lengths.at(-1);
    const whole = lengths.includes(digits.length);
    const valid = passesLuhn(digits);
    return { complete: whole && valid, full, error: whole && !valid && (full || !editing) ? 'invalid_number' : null };
  },
  value: onlyDigits,
};

export const expiry = {
  name: 'exp-date',
  stableName: 'cardExpiry',
  autocomplete: 'cc-exp',
  keeps: /\d/,
  incomplete: 'incomplete_expiry',
  format: formatExpiry,
  check: checkExpiry,
  value: onlyDigits,
};

export const cvc = {
  name: 'cvc',
  stableName: 'cardCvc',
  autocomplete: 'cc-csc',
  keeps: /\d/,
  incomplete: 'incomplete_cvc',
  format: (text, { brand }) => onlyDigits(text).slice(0, cvcLength(brand) ?? 4),
  check(text, { brand }) {
    const length = cvcLength(brand);
    const complete = length ? text.length === length : text.length >= 3;
    return { complete, full: text.length === (length ?? 4), error: null };
  },
  value: onlyDigits,
};

/** A ZIP code where the locale's region is the United States, any postal code elsewhere. */
export function postalKind(locale) {
  const american = locale.endsWith('-US');
  return {
    name: 'postal',
    stableName: 'postalCode',
    autocomplete: 'billing postal-code',
    inputMode: american ? 'numeric' : 'text',
    american,
    keeps: /[^\s]/,
    incomplete: 'incomplete_zip',
    format: text => (american ? onlyDigits(text).slice(0, 5) : text.toUpperCase().replace(/[^\p{L}\d -]/gu, '').slice(0, 10)),
    check(text) {
      const complete = american ? text.length === 5 : text.trim().length >= 3;
      return { complete, full: american && complete, error: null };
    },
    value: text => text.trim(),
  };
}
