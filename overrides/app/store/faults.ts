/** What keeps a store from keeping, and how the reader is told. */

export type Why = "unavailable" | "full" | "newer";

export const TEXTS: Readonly<Record<Why, string>> = {
  unavailable:
    "Your browser does not let this page keep anything, as in some private windows. What you do is remembered until you close the page. To keep it, export it first.",
  full: "There is no space left to keep what you do. It is remembered until you close the page. Export it, or free some space; then it is kept with your next change.",
  newer:
    "This page is older than the guide in another tab, so what you do here is not kept. Reload the page, but first export what you have just done.",
};

export function reasonOf(error: unknown): Why {
  const reasons: Readonly<Record<string, Why>> = { QuotaExceededError: "full", VersionError: "newer" };
  return reasons[nameOf(error)] ?? "unavailable";
}

/** What the browser says when it closes a connection under the store's hands. */
const BROKEN_OFF = ["InvalidStateError", "AbortError", "UnknownError"];

export function isBrokenOff(error: unknown): boolean {
  return BROKEN_OFF.includes(nameOf(error));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
