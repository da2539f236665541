/** Says something to a screen reader, in the one status line of the page (it survives instant navigation). */
export function announce(text: string): void {
  const line = document.querySelector("[data-announce]");
  if (line) line.textContent = text;
}
