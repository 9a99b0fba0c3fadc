namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The host page's markup, script and style.</summary>
internal static class HostContent
{
    /// <summary>Notes every message event that the shop's own code could read, and every event of an element that it asks for.</summary>
    internal const string Script = """
        const heard = [];
        const read = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data').get;
        Object.defineProperty(MessageEvent.prototype, 'data', {
          get() {
            const data = read.call(this);
            heard.push(JSON.stringify(data));
            return data;
          },
        });
        window.shop = {
          heard,
          events: [],
          submits: 0,
          start() {
            window.stripe ??= Stripe('pk_test_sandbox');
            window.elements ??= stripe.elements();
          },
          create(type, options) {
            shop.start();
            const element = elements.create(type, options);
            for (const name of ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror']) {
              element.on(name, event => shop.events.push({ name, ...event }));
            }
            window[type] = element;
            return element;
          },
          mount(type, selector, options) {
            const element = shop.create(type, options);
            return new Promise(resolve => element.on('ready', () => resolve()).mount(selector));
          },
          outcome: promise => promise.then(value => ({ value }), reason => ({ rejected: reason.name, message: reason.message })),
        };
        document.addEventListener('submit', event => {
          event.preventDefault();
          shop.submits++;
        });
        """;

    internal const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 sans-serif; }
        body { max-width: 480px; margin: 24px auto; padding: 0 16px; background: #f5f6fa; color: #1a1f36; }
        label { display: block; margin: 16px 0 4px; }
        input, .StripeElement { box-sizing: border-box; width: 100%; padding: 12px; border: 1px solid #c9cfdd; border-radius: 8px; background: #fff; }
        .StripeElement--focus { border-color: #4b45d6; box-shadow: 0 0 0 3px rgb(75 69 214 / .2); }
        .StripeElement--invalid { border-color: #d5264c; }
        .row { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
        button { margin-top: 20px; padding: 12px; width: 100%; border: 0; border-radius: 8px; background: #4b45d6; color: #fff; font: inherit; font-weight: 600; }
        .tall { height: 1500px; }
        @media (prefers-color-scheme: dark) {
          body { background: #12141d; color: #f2f4fa; }
          input, .StripeElement { background: #1b1e2b; border-color: #3a4057; color: inherit; }
        }
        """;

    /// <summary>A stylesheet with a font, and a rule that has no business in the sandbox's frames.</summary>
    internal const string FontStyle = """
        @font-face { font-family: "Wide"; src: url(wide.ttf) format("truetype"); font-display: swap; }
        input { display: none !important; }
        """;

    internal static string Page(string stripeScript) => $"""
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="application-name" content="Corner Shop">
            <title>Host page</title>
            <link rel="stylesheet" href="/host.css">
            <script src="/host.js"></script>
            {stripeScript}
          </head>
          <body>
            <main>
              <h1>Checkout</h1>
              <form>
                <label for="name">Name</label>
                <input id="name">
                <label for="card">Card</label>
                <div id="card"></div>
                <label for="number">Card number</label>
                <div id="number"></div>
                <div class="row">
                  <div><label for="expiry">Expires</label><div id="expiry"></div></div>
                  <div><label for="code">Code</label><div id="code"></div></div>
                </div>
                <button id="pay">Pay</button>
              </form>
              <div class="tall"></div>
            </main>
          </body>
        </html>
        """;
}
