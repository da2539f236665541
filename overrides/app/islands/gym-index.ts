/** The index of exercises: what each row's reader has done, from the store, if there is anything in it. */
import { clockOf, summarize } from "../core/attempts.ts";
import { base } from "../ui/base";
import { openKept } from "./kept.ts";

export function mount(element: HTMLElement): () => void {
  let leave = (): void => undefined;
  let gone = false;
  void openKept().then(async (kept) => {
    if (!kept || gone) return;
    const { ATTEMPTS } = await import("../store/index.ts");
    const show = (): void => {
      const known = summarize(kept.store.all(ATTEMPTS).values());
      for (const row of element.querySelectorAll<HTMLTableRowElement>("tbody tr")) {
        const link = row.querySelector<HTMLAnchorElement>("td a");
        const cell = row.cells[row.cells.length - 1];
        if (!link || !cell) continue;
        const summary = known.get(decodeURI(link.pathname.slice(base.pathname.length)).replace(/\/$/, ""));
        cell.textContent = !summary ? "Not tried" : !summary.passed ? `Tried: ${summary.most} of ${summary.checks}` : `Passed, ${clockOf(summary.best ?? 0)}${summary.passedInInterview ? ", as in an interview" : ""}`;
      }
    };
    show();
    leave = kept.store.subscribe(show);
  });
  return () => {
    gone = true;
    leave();
  };
}
