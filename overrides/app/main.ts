/**
 * The entry of the browser application. Pages are complete without it: it adds the color switch, copying, and the
 * islands, each fetched where it stands.
 */
import { offerCopying } from "./ui/copy";
import { watchSearch } from "./ui/door";
import { refreshIslands, type Islands } from "./ui/islands";
import { arrive, keepFormulaStyles, watchSheets, watchWidth } from "./ui/page";
import { reachTerms, watchTerms } from "./ui/terms";
import { watchTheme } from "./ui/theme";

const islands: Islands = {};

watchTheme();
watchSearch();
watchWidth();
watchSheets();
watchTerms();
window.addEventListener("load", keepFormulaStyles);
window.document$.subscribe(() => {
  arrive();
  offerCopying();
  reachTerms();
  refreshIslands(islands);
  // For whoever waits for the page to be alive: tests, above all.
  document.documentElement.dataset["ready"] = location.pathname;
});
