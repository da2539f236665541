/**
 * Which color scheme to show, and what to remember of the reader's choice.
 *
 * Somebody who has chosen what the system shows anyway has no choice to remember: when the system turns dark in the
 * evening, the guide follows.
 */
export type Scheme = "light" | "dark";

/** The scheme to show, from what was remembered (anything at all) and what the system prefers. */
export function shown(remembered: string | null, system: Scheme): Scheme {
  return remembered === "light" || remembered === "dark" ? remembered : system;
}

/** What to remember after the reader asked for `wanted`; null means nothing. */
export function remember(wanted: Scheme, system: Scheme): Scheme | null {
  return wanted === system ? null : wanted;
}

export function other(scheme: Scheme): Scheme {
  return scheme === "dark" ? "light" : "dark";
}
