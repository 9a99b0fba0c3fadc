// Enhanced navigation exchanges the page's content and leaves scroll and focus where they were. What a visitor takes for
// another page starts as one: at its top, with focus on its heading, so that a screen reader reads it out.
// https://learn.microsoft.com/aspnet/core/blazor/fundamentals/navigation#enhanced-navigation-and-form-handling

/** @type {Map<string, number>} how far down each address was read */
const scrolledTo = new Map();

let shown = page();
localizeTimes();
let wasSubmitted = false;
let isTraversal = false;
let isAnnounced = false;

// The form's own page, shown again with an answer, is another page as well.
document.addEventListener('submit', ({ target, defaultPrevented }) => {
  wasSubmitted ||= !defaultPrevented && target instanceof HTMLFormElement && target.method === 'post';
});
addEventListener('popstate', () => (isTraversal = true));

Blazor.addEventListener('enhancednavigationstart', () => {
  scrolledTo.set(shown.path, scrollY);
  announce();
});

Blazor.addEventListener('enhancednavigationend', () => {
  localizeTimes();
  const before = shown;
  shown = page();
  if (shown.path !== before.path || shown.heading !== before.heading || wasSubmitted) {
    const top = isTraversal ? (scrolledTo.get(shown.path) ?? 0) : 0;
    startAt(top);
  } else if (isAnnounced) {
    // Whoever has read on since is not taken back to the top.
    focusHeading();
  }
  wasSubmitted = false;
  isTraversal = false;
  isAnnounced = false;
});

/** Has the heading say at once what the page says that is asked for because an order was paid on it. */
function announce() {
  const paid = document.querySelector('[data-outdates-page] [data-page-heading]');
  const heading = document.querySelector('h1');
  if (paid instanceof HTMLElement && heading && !isAnnounced) {
    shown.heading = heading.textContent = paid.dataset.pageHeading ?? '';
    isAnnounced = true;
    // The button that had the focus is gone, and the page that is asked for may not come.
    startAt(0);
  }
}

/** @param {number} top */
function startAt(top) {
  focusHeading();
  scrollTo({ top, behavior: 'instant' });
}

function focusHeading() {
  const heading = document.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

function page() {
  return { path: location.pathname, heading: document.querySelector('h1')?.textContent };
}

/** Puts moments, which the server writes in UTC, into the reader's time zone. */
function localizeTimes() {
  const format = new Intl.DateTimeFormat(document.documentElement.dataset.culture, {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
  });
  for (const time of document.querySelectorAll('time[data-local-time]')) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}
