/**
 * A filter by lists to choose from, above something that is on the page already: what is asked for stands in the address,
 * what does not fit is hidden, and how many are left is said.
 */
import { announceSettled } from "./announce";
import { choice, field, filterForm } from "./field.ts";

export interface Asked {
  readonly key: string;
  readonly name: string;
  /** What stands for no choice. */
  readonly any: string;
  readonly values: readonly (readonly [string, string])[];
}

export interface Filter {
  readonly form: HTMLFormElement;
  /** Looks again, when what would be found has changed. */
  look(): void;
}

/** `show` hides what does not fit, and returns how many of how many are left, as it is said. */
export function filtering(name: string, asked: readonly Asked[], show: (wanted: ReadonlyMap<string, string>) => string): Filter {
  const given = new URLSearchParams(location.search);
  const controls = new Map(asked.map(({ key, any, values }) => [key, choice(any, values)]));
  for (const [key, control] of controls) {
    const value = given.get(key) ?? "";
    if ([...control.options].some((option) => option.value === value)) control.value = value;
  }
  const { form, said, clear } = filterForm(name, asked.map(({ key, name: label }) => field(label, controls.get(key) as HTMLSelectElement)));
  const wanted = (): Map<string, string> => new Map([...controls].flatMap(([key, { value }]) => (value === "" ? [] : [[key, value]])));
  const look = (): void => {
    said.textContent = show(wanted());
    clear.hidden = wanted().size === 0;
  };
  const follow = (): void => {
    const address = new URLSearchParams([...wanted()]);
    history.replaceState(history.state, "", location.pathname + (address.size > 0 ? `?${address}` : "") + location.hash);
    look();
    announceSettled(said.textContent ?? "");
  };
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    for (const control of controls.values()) control.value = "";
    follow();
    [...controls.values()][0]?.focus();
  });
  look();
  return { form, look };
}
