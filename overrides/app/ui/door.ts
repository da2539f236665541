/**
 * The door to the search: opens the dialog at once, so that no key is lost, and fetches the search itself and its first
 * index side by side when it is opened for the first time. Nothing of the search is loaded before.
 */
import { base } from "./base";
import type { Load } from "./search";

/** Opens the dialog on a click of the search button, on "/" and on Ctrl or Cmd with K. */
export function watchSearch(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-search-open]");
  const dialog = document.querySelector<HTMLDialogElement>("[data-search]");
  if (!button || !dialog) return;
  const input = dialog.querySelector("input");
  let search: Promise<Load> | undefined;
  let state: "idle" | "loading" | "ready" = "idle";

  const load = async (): Promise<void> => {
    const names = fetch(new URL("data/search/names.json", base)).then((response) => {
      if (!response.ok) throw new Error(`the search index answers ${response.status}`);
      return response.text();
    });
    names.catch(() => undefined); // told to the reader by the dialog
    search ??= import("./search").then(({ startSearch }) => startSearch(dialog, base));
    await (await search)(names);
  };
  const open = (): void => {
    if (!dialog.open) dialog.showModal();
    input?.select();
    if (state !== "idle") return;
    state = "loading";
    load().then(
      () => (state = "ready"),
      () => (state = "idle"), // so that opening it again tries again
    );
  };

  button.addEventListener("click", open);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // a search field would only empty itself
    // The field would keep the focus until the next frame, and take a "/" that is pressed before for itself.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!slash && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    open();
  });
}
