/** What Material's script leaves on `window`, as far as we rely on it. */
interface Subscribable<T> {
  subscribe(next: (value: T) => void): unknown;
}

interface Window {
  /** Emits once the page is there, and again after each instant navigation. */
  readonly document$: Subscribable<Document>;
  /** The root of the site as an absolute address (overrides/partials/boot.js). */
  readonly __md_scope: URL;
}
