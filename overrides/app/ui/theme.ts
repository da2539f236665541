/** The switch between light and dark. The first scheme of a page is set by partials/boot.js, before it is painted. */
import { other, remember, shown, type Scheme } from "../core/scheme";

const KEY = "tl-scheme";
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
// The color of the page, for the browser's own surfaces; to ask for it would lay the page out once more.
const PAPER: Record<Scheme, string> = { light: "rgb(250, 247, 240)", dark: "rgb(25, 23, 20)" };

export function watchTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-toggle]");
  button?.addEventListener("click", () => {
    const wanted = other(current());
    store(remember(wanted, system()));
    show(wanted);
  });
  dark.addEventListener("change", () => show(shown(load(), system())));
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) show(shown(event.newValue, system()));
  });
  show(current());
}

function current(): Scheme {
  return root.dataset["mdColorScheme"] === "loop-dark" ? "dark" : "light";
}

function system(): Scheme {
  return dark.matches ? "dark" : "light";
}

function show(scheme: Scheme): void {
  root.dataset["mdColorScheme"] = `loop-${scheme}`;
  document.querySelector("[data-theme-toggle]")?.setAttribute("aria-pressed", String(scheme === "dark"));
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  for (const meta of metas) meta.content = PAPER[scheme];
}

function load(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(value: Scheme | null): void {
  try {
    if (value === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
