let waiting: ReturnType<typeof setTimeout> | undefined;

/** Says something to a screen reader, in the one status line of the page (it survives instant navigation). */
export function announce(text: string): void {
  clearTimeout(waiting);
  const line = document.querySelector("[data-announce]");
  if (line) line.textContent = text;
}

/** Says what was found once the reader has stopped typing; what is overtaken before is never said. */
export function announceSettled(text: string, say = announce): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => say(text), 500);
}
