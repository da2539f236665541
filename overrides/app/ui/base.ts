/** The root of the site as an absolute address. Read once, when the first page is loaded: later the address differs. */
export const base = new URL(document.documentElement.dataset["base"] ?? "./", location.href);
