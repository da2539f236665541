/**
 * The entry of the browser application. Pages are complete without it: it adds going on without a reload, the color
 * switch, definitions, copying, and the islands, each fetched where it stands.
 */
import { followContents, watchContents } from "./ui/contents";
import { offerCopying } from "./ui/copy";
import { watchSearch } from "./ui/door";
import { watchEdition } from "./ui/edition";
import { watchFormulas } from "./ui/formulas";
import { refreshIslands, type Islands } from "./ui/islands";
import { watchNavigation } from "./ui/navigation";
import { arrive, watchPrinting, watchSheets } from "./ui/page";
import { reachScrolling } from "./ui/scrolling";
import { offerShort } from "./ui/short";
import { reachTerms, watchTerms } from "./ui/terms";
import { watchTheme } from "./ui/theme";

/** Islands by the name that `data-island` gives; the function fetches the module. */
const islands: Islands = {
  planner: () => import("./islands/planner"),
  "plan-start": () => import("./islands/plan-start"),
  resume: () => import("./islands/resume"),
  now: () => import("./islands/now"),
  done: () => import("./islands/done"),
  cases: () => import("./islands/cases"),
  questions: () => import("./islands/questions"),
  choices: () => import("./islands/choices"),
  glossary: () => import("./islands/glossary"),
  "rapid-fire": () => import("./islands/rapid-fire"),
  drills: () => import("./islands/drills"),
  data: () => import("./islands/data"),
  offline: () => import("./islands/offline"),
  stories: () => import("./islands/stories"),
  mock: () => import("./islands/mock"),
  readiness: () => import("./islands/readiness"),
  gym: () => import("./islands/gym"),
  "gym-index": () => import("./islands/gym-index"),
  explore: () => import("./islands/explore"),
};

function enliven(): void {
  offerCopying();
  offerShort();
  reachTerms();
  reachScrolling();
  followContents();
  refreshIslands(islands);
  // For whoever waits for the page to be alive: tests, above all.
  document.documentElement.dataset["ready"] = location.pathname;
}

watchTheme();
watchSearch();
watchSheets();
watchTerms();
watchPrinting();
watchFormulas();
watchContents();
watchEdition();
watchNavigation((returning) => {
  enliven();
  arrive(returning);
});
enliven();
