// Keeps steps back and forward within a page in the browser. After a reload the router asks the server for the page of each
// step anew, though only the address differs; it then finds another page than it asked for and loads the document again, and
// a second step during that leaves it on the step between for good: old numbers under a right address (Next 16.4). What the
// page shows is read from the address, so the router is told that the page which stands is the one of that step.

let standing: { pathname: string; state: unknown } | null = null;

/** The page that is shown, and what the router keeps of it in the browser's history. */
export function standOn(pathname: string, state: unknown): void {
  standing = { pathname, state };
}

/** Must come before the router listens: browsers call the listeners of the window's own events in the order they came. */
export function keepStepsHere(): void {
  window.addEventListener('popstate', (event) => {
    if (standing?.pathname !== window.location.pathname) return;
    Object.defineProperty(event, 'state', { value: standing.state });
  });
}
