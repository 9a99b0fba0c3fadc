/** A wallet's button on a machine that has no wallet: the shop asks whether it may show one, and is told no. */
class WalletRequest extends ElementEvents {
  /** @returns {Promise<null>} */
  async canMakePayment() {
    return null;
  }

  isShowing() {
    return false;
  }

  show() {
    throw new IntegrationError('paymentRequest.show(): no wallet can pay here. Call canMakePayment() first, which says so.');
  }

  update() {}

  abort() {}
}
