/**
 * Which addresses are pages of this guide: those, and no others, can be swapped in without a reload.
 */

/** Tells whether `url` is a page below `base` (not a file to download, not another site, not a foreign folder). */
export function isPage(url: URL, base: URL): boolean {
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return false;
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  return name === "" || name.endsWith(".html");
}

/** Tells whether two addresses differ in their fragment alone. */
export function isSamePage(one: URL, other: URL): boolean {
  return one.origin === other.origin && one.pathname === other.pathname && one.search === other.search;
}
