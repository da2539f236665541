/**
 * The door to the search: opens the dialog at once, so that no key is lost, and fetches the search itself and its small
 * index side by side when it is opened for the first time. Nothing of the search is loaded before.
 */

/** Opens the dialog on a click of the search button, on "/" and on Ctrl or Cmd with K. */
export function watchSearch(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-search-open]");
  const dialog = document.querySelector<HTMLDialogElement>("[data-search]");
  if (!button || !dialog) return;
  const input = dialog.querySelector("input");
  let loading: Promise<unknown> | undefined;

  const load = async (): Promise<void> => {
    const base = window.__md_scope;
    const titles = fetch(new URL("data/search/titles.json", base)).then((response) => {
      if (!response.ok) throw new Error(`the search index answers ${response.status}`);
      return response.text();
    });
    titles.catch(() => undefined); // told to the reader by the dialog
    const { startSearch } = await import("./search");
    await startSearch(dialog, base, titles);
  };
  const open = (): void => {
    if (!dialog.open) dialog.showModal();
    input?.select();
    loading ??= load().catch((error: unknown) => {
      loading = undefined; // so that opening it again tries again
      console.error(error);
    });
  };

  button.addEventListener("click", open);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!slash && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    open();
  });
}
