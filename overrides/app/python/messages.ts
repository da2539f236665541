/**
 * What the page and Python's worker say to each other. One question is open at a time; what is printed comes between.
 *
 * The worker runs a stranger's program, so what it says is data: text to be shown, and no more.
 */

export interface Start {
  readonly kind: "start";
  /** Every file that Python asks for, by the name under which it asks. */
  readonly files: ReadonlyMap<string, Blob>;
  /** Pyodide's lock file, with the packages that this site has. */
  readonly lock: string;
  readonly packages: readonly string[];
  /** Bytes that Python may take. */
  readonly memory: number;
  /** Characters that a program may print. */
  readonly output: number;
}

export type Question =
  | Start
  | { readonly kind: "run"; readonly code: string }
  | { readonly kind: "load"; readonly code: string; readonly checks: string }
  | { readonly kind: "check"; readonly name: string };

export type Answer =
  /** What there is to say about the question; "" when there is nothing. */
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "printed"; readonly text: string }
  /** Python is gone: it has run out of stack, or ended itself. */
  | { readonly kind: "dead"; readonly text: string };
