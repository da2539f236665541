/**
 * Formulas are copied as the TeX that they were written in, once, between dollar signs: what notes, flash cards and chats
 * understand. Without this, a browser copies the signs of a formula one below the other.
 */
export function watchFormulas(): void {
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const copied = document.createElement("div");
    for (let index = 0; index < selection.rangeCount; index += 1) copied.append(wholeFormulas(selection.getRangeAt(index)).cloneContents());
    const formulas = copied.querySelectorAll("math[data-tex]");
    if (formulas.length === 0) return;
    for (const formula of formulas) formula.replaceWith(asTex(formula));
    // Only what is laid out knows where its lines end.
    copied.className = "tl-copied md-typeset";
    document.body.append(copied);
    event.clipboardData.setData("text/plain", copied.innerText);
    event.clipboardData.setData("text/html", copied.innerHTML);
    copied.remove();
    event.preventDefault();
  });
}

/** Returns the range, with formulas of which a part is selected taken whole. */
function wholeFormulas(range: Range): Range {
  const whole = range.cloneRange();
  const around = (node: Node): Element | null | undefined => (node instanceof Element ? node : node.parentElement)?.closest("math");
  const [first, last] = [around(range.startContainer), around(range.endContainer)];
  if (first) whole.setStartBefore(first);
  if (last) whole.setEndAfter(last);
  return whole;
}

function asTex(formula: Element): string {
  const tex = formula.getAttribute("data-tex") ?? "";
  const after = formula.querySelector(".tl-after")?.textContent ?? "";
  return formula.getAttribute("display") === "block" ? `$$${tex}$$` : `$${tex}$${after}`;
}
