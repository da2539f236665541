/** What forms without a view library are made of. */

/** A control under its name. */
export function field(name: string, control: HTMLElement): HTMLLabelElement {
  const label = document.createElement("label");
  label.className = "tl-field";
  const text = document.createElement("span");
  text.textContent = name;
  label.append(text, control);
  return label;
}

/** A list to choose from, with what stands for no choice. */
export function choice(any: string, values: readonly (readonly [string, string])[]): HTMLSelectElement {
  const select = document.createElement("select");
  select.append(...[["", any] as const, ...values].map(([value, name]) => new Option(name, value)));
  return select;
}

/** A quiet button. */
export function button(text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tl-button";
  made.textContent = text;
  return made;
}

/** A filter of a list: its fields, how many of the list are shown, and the way back to all. */
export function filterForm(name: string, fields: Iterable<HTMLElement>): { form: HTMLFormElement; said: HTMLElement; clear: HTMLButtonElement } {
  const form = document.createElement("form");
  form.className = "tl-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", name);
  const said = document.createElement("p");
  said.className = "tl-filter__said";
  const clear = button("Clear");
  const foot = document.createElement("div");
  foot.className = "tl-filter__foot";
  foot.append(said, clear);
  form.append(...fields, foot);
  return { form, said, clear };
}
