const fourByFour = [4, 4, 4, 4];

const brands = [
  { name: 'visa', prefix: /^4/, lengths: [16], groups: fourByFour },
  { name: 'mastercard', prefix: /^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/, lengths: [16], groups: fourByFour },
  { name: 'amex', prefix: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvc: 4 },
  { name: 'discover', prefix: /^(6011|64[4-9]|65)/, lengths: [16], groups: fourByFour },
  { name: 'diners', prefix: /^(30[0-5]|3095)/, lengths: [16], groups: fourByFour },
  { name: 'diners', prefix: /^3[689]/, lengths: [14], groups: [4, 6, 4] },
  { name: 'jcb', prefix: /^35(2[89]|[3-8])/, lengths: [16], groups: fourByFour },
  { name: 'unionpay', prefix: /^(62|81)/, lengths: [16, 17, 18, 19], groups: [4, 4, 4, 4, 3] },
];

const unknown = { name: 'unknown', lengths: [16], groups: fourByFour };

export function brandOf(digits) {
  return brands.find(brand => brand.prefix.test(digits)) ?? unknown;
}

/** How many digits the security code of a brand has; nothing for a brand not known yet. */
export function cvcLength(name) {
  return name === 'unknown' ? undefined : brands.find(brand => brand.name === name)?.cvc ?? 3;
}

/** The Luhn check: catches a mistyped digit and most swapped neighbours. */
export function passesLuhn(digits) {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
