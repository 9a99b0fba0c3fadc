// Starts Blazor, and brings a page back whose connection to the shop was lost. Blazor reconnects, and resumes a circuit
// that was given up, by itself; where the server knows nothing of it any more, the page is loaded anew.
// https://learn.microsoft.com/aspnet/core/blazor/fundamentals/signalr

const notice = document.getElementById('components-reconnect-modal');
const lastReload = 'connection-notice.reloaded';
const leastTimeBetweenReloads = 60_000;
const socketTime = 10_000;

notice.addEventListener('components-reconnect-state-changed', ({ detail: { state } }) => {
  if (state === 'rejected' || state === 'resume-failed') {
    reload();
  }
});

notice.querySelector('.connection-reload').addEventListener('click', () => location.reload());

notice.querySelector('.connection-resume').addEventListener('click', async () => {
  try {
    if (!(await Blazor.resumeCircuit())) {
      location.reload();
    }
  } catch {
    // There is no connection yet: the button stays for another try.
  }
});

// A page that the browser kept while others were shown knows nothing of what happened since, and its circuit is gone.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) {
    document.dispatchEvent(new CustomEvent('page-reloading', { detail: { waitUntil() {} } }));
    location.reload();
  }
});

Blazor.start({
  circuit: {
    // The shop has none on its circuits: asking for them would be a round trip before every connection.
    initializers: { beforeStart: [], afterStarted: [] },
    // However long the tunnel is: the page goes on trying, every half minute in the end.
    reconnectionOptions: { maxRetries: Infinity },
    circuitHandlers: [{ onCircuitClosed: () => document.dispatchEvent(new Event('circuit-closed')) }],
    configureSignalR: connectAtOnce,
  },
});

/**
 * Opens a WebSocket without asking first what else the server has, which is a round trip before every connection. Where
 * none can be had, behind some proxies, the server is asked after all, and offers long polling. The builder's options are
 * those that the connection reads at each start.
 * https://learn.microsoft.com/aspnet/core/signalr/configuration#configure-additional-options
 */
function connectAtOnce(builder) {
  const webSockets = 1;
  builder.withUrl('_blazor', { skipNegotiation: true, transport: webSockets, WebSocket: openedInTime() });
  const build = builder.build;
  builder.build = () => {
    const connection = build.call(builder);
    const start = connection.start;
    connection.start = () => start.call(connection).catch(() => {
      Object.assign(builder.httpConnectionOptions, { skipNegotiation: false, transport: undefined });
      return start.call(connection);
    });
    return connection;
  };
}

/** WebSockets that fail where they do not open in time: a browser would wait for minutes. */
function openedInTime() {
  return 'WebSocket' in window && class extends WebSocket {
    constructor(...address) {
      super(...address);
      setTimeout(() => this.readyState === WebSocket.CONNECTING && this.close(), socketTime);
    }
  };
}

/** Loads the page anew, when what is open in it has ended. A page that just did so leaves it to the shopper. */
async function reload() {
  /** @type {Promise<unknown>[]} */
  const ends = [];
  document.dispatchEvent(new CustomEvent('page-reloading', { detail: { waitUntil: (end) => ends.push(end) } }));
  notice.classList.toggle('connection-waits', ends.length > 0);
  await Promise.allSettled(ends);
  notice.classList.remove('connection-waits');
  if (mayReload()) {
    location.reload();
  }
}

function mayReload() {
  try {
    const last = Number(sessionStorage.getItem(lastReload));
    if (Math.abs(Date.now() - last) < leastTimeBetweenReloads) {
      return false;
    }
    sessionStorage.setItem(lastReload, String(Date.now()));
    return true;
  } catch {
    // Where nothing can be remembered, a loop could not be told.
    return false;
  }
}
