/** A control under its name, as forms without a view library have it. */
export function field(name: string, control: HTMLElement): HTMLLabelElement {
  const label = document.createElement("label");
  label.className = "tl-field";
  const text = document.createElement("span");
  text.textContent = name;
  label.append(text, control);
  return label;
}
