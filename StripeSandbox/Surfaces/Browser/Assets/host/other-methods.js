/**
 * What Stripe.js can do beyond cards. A call is refused in words; that the methods are there, wrappers look for before they take an
 * object for Stripe's. The published types know of no other.
 */
const otherMethods = /** @type {const} */ ([
  'collectBankAccountForPayment', 'collectBankAccountForSetup', 'collectBankAccountToken',
  'collectFinancialConnectionsAccounts', 'confirmAcssDebitPayment', 'confirmAcssDebitSetup', 'confirmAffirmPayment',
  'confirmAfterpayClearpayPayment', 'confirmAlipayPayment', 'confirmAmazonPaySetup', 'confirmAuBecsDebitPayment',
  'confirmAuBecsDebitSetup', 'confirmBacsDebitSetup', 'confirmBancontactPayment', 'confirmBancontactSetup',
  'confirmBilliePayment', 'confirmBlikPayment', 'confirmBlikSetup', 'confirmBoletoPayment', 'confirmCashappPayment',
  'confirmCashappSetup', 'confirmCustomerBalancePayment', 'confirmEpsPayment', 'confirmFpxPayment', 'confirmGiropayPayment',
  'confirmGrabPayPayment', 'confirmIdealPayment', 'confirmIdealSetup', 'confirmKlarnaPayment', 'confirmKonbiniPayment',
  'confirmMobilepayPayment', 'confirmMultibancoPayment', 'confirmOxxoPayment', 'confirmP24Payment', 'confirmPayByBankPayment',
  'confirmPayNowPayment', 'confirmPayPalPayment', 'confirmPayPalSetup', 'confirmPayment', 'confirmPixPayment',
  'confirmPromptPayPayment', 'confirmSepaDebitPayment', 'confirmSepaDebitSetup', 'confirmSetup', 'confirmSofortPayment',
  'confirmSofortSetup', 'confirmTwintPayment', 'confirmUsBankAccountPayment', 'confirmUsBankAccountSetup',
  'confirmWechatPayPayment', 'createConfirmationToken', 'createEmbeddedCheckoutPage', 'createEphemeralKeyNonce',
  'createRadarSession', 'createToken', 'initializePricing', 'processOrder', 'retrieveOrder', 'verifyIdentity',
  'verifyMicrodepositsForPayment', 'verifyMicrodepositsForSetup',
]);

/** Those among them whose answer is no promise. */
const otherFactories = /** @type {const} */ (['initCheckoutElementsSdk', 'initCheckoutFormSdk']);

/** @param {object} prototype */
function refuseOtherMethods(prototype) {
  /** @param {string} name */
  const refusal = name => new IntegrationError(`stripe.${name}() is not in this sandbox, which does card payments: createPaymentMethod, handleCardAction, confirmCardPayment, confirmCardSetup.`);
  for (const name of otherMethods) {
    Object.defineProperty(prototype, name, { configurable: true, writable: true, value: () => Promise.reject(refusal(name)) });
  }
  for (const name of otherFactories) {
    Object.defineProperty(prototype, name, { configurable: true, writable: true, value: () => { throw refusal(name); } });
  }
}
