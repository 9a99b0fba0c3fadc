import { now as clock } from './clock.js';

const separator = ' / ';

/**
 * Writes an expiry date as `MM / YY` while it is typed, pasted or filled in: `1230`, `12/2030`, `1/30`, `12-30`, `2030-12`.
 * While the shopper deletes, the separator goes with the last digit of the year.
 */
export function formatExpiry(text, { deleting = false } = {}) {
  const { month, year } = split(text.normalize('NFKC'));
  if (month.length < 2) return month;
  if (year === '' && deleting) return month;
  return month + separator + year;
}

/** What a card with this date is: expiry counts to the end of its month, in the shopper's own time zone. */
export function checkExpiry(text, { now = clock(), editing = false } = {}) {
  const { month, year } = split(text);
  const full = month.length === 2 && year.length === 2;
  if (month.length === 2 && (month === '00' || Number(month) > 12)) return { complete: false, full, error: 'invalid_expiry_month' };
  if (!full) return { complete: false, full, error: null };
  // Someone who is typing 2030 passes through 20.
  if (year === '20' && editing) return { complete: false, full: false, error: null };
  return judge(2000 + Number(year), Number(month), now);
}

/** The month and the four-digit year of a complete date. */
export function expiryParts(text) {
  const { month, year } = split(text);
  return { month: String(Number(month)), year: `20${year}` };
}

function judge(year, month, now) {
  const thisYear = now.getFullYear();
  const error = year < thisYear ? 'invalid_expiry_year_past'
    : year === thisYear && month < now.getMonth() + 1 ? 'invalid_expiry_month_past'
    : year > thisYear + 50 ? 'invalid_expiry_year'
    : null;
  return { complete: error === null, full: true, error };
}

function split(text) {
  const yearFirst = /^\D*(20\d\d)\D+(\d{1,2})\D*$/.exec(text);
  if (yearFirst) return { month: yearFirst[2].padStart(2, '0'), year: shortYear(yearFirst[1]) };
  const parts = /^\D*(\d{1,3})\D+(\d*)/.exec(text);
  const digits = text.replace(/\D/g, '');
  if (parts && parts[1].length < 3) return { month: explicitMonth(parts[1]), year: shortYear(parts[2]) };
  if (parts && parts[1].startsWith('0')) return { month: parts[1].slice(1), year: shortYear(parts[2]) };
  return typedMonth(digits);
}

const explicitMonth = month => (month === '0' ? month : month.padStart(2, '0'));

/** Digits alone: a first digit above 1 is a whole month, and so is a 1 that no month could follow. */
function typedMonth(digits) {
  if (digits === '' || digits === '0' || digits === '1') return { month: digits, year: '' };
  if (digits.startsWith('00')) return { month: '0', year: '' };
  if (digits[0] > '1' || (digits[0] === '1' && digits[1] > '2')) return { month: `0${digits[0]}`, year: shortYear(digits.slice(1)) };
  return { month: digits.slice(0, 2), year: shortYear(digits.slice(2)) };
}

function shortYear(digits) {
  if (/^20\d\d/.test(digits)) return digits.slice(2, 4);
  return /^20\d$/.test(digits) ? digits : digits.slice(0, 2);
}
