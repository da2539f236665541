/**
 * The few words of a service worker that are used here. TypeScript knows either a page or a worker, and all else of the
 * application is for pages.
 */
export interface Ending extends Event {
  waitUntil(work: Promise<unknown>): void;
}

/** A request. */
export interface Asked extends Ending {
  /** The page that asks; of a page that is opened, what it will be called. */
  readonly clientId: string;
  readonly resultingClientId: string;
}

export interface Told extends Ending {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

export interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { includeUncontrolled: boolean; type: "all" }): Promise<readonly { readonly id: string }[]>;
  };
  addEventListener(type: "message", listener: (event: Told) => void): void;
}
