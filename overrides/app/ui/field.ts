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
