/**
 * Boxes that scroll sideways (code, tables, formulas) are stops for the keyboard where they do scroll, and only there:
 * on a wide window most of them fit, and a stop that does nothing is in the way.
 */
const BOXES = ".md-typeset :is(pre > code, .tl-scroll, .tl-math, .tl-diagram__frame, .tl-output pre)";

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    // What is out of sight is not laid out yet (styles/page.css) and keeps its stop; it is told again when it is.
    if (!target.checkVisibility({ contentVisibilityAuto: true })) continue;
    // Told after layout, so nothing is computed twice.
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    // Whoever tabs into what was out of sight stands on its box when it is laid out, and would be left on nothing.
    else if (target !== document.activeElement) target.removeAttribute("tabindex");
  }
});

export function reachScrolling(): void {
  observer.disconnect();
  for (const box of document.querySelectorAll(BOXES)) observer.observe(box);
}

// A formula grows when its fonts arrive, while its box stays as it is.
document.fonts.addEventListener("loadingdone", reachScrolling);
