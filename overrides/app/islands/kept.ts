/**
 * What a page that is not the planner knows of a plan: the agenda that the planner left, and the ticks. Who has kept
 * nothing gets nothing, not even the store's script.
 */
import { localDay } from "../core/plan/today.ts";
import type { Iso, Session } from "../core/plan/types.ts";
import type { Agenda, Ticks } from "../core/plan/where.ts";
import type { Place, Reading, SavedPlan } from "../core/records.ts";
import type { Store } from "../store/index.ts";

/** The plan that is kept here. */
export interface Kept {
  readonly store: Store;
  readonly plan: SavedPlan | undefined;
  readonly agenda: Agenda | undefined;
  readonly ticks: Ticks;
  readonly place: Place | undefined;
  readonly today: Iso;
  mark(session: Session, done: boolean): void;
  reading(page: string): number;
  read(page: string, seconds: number): void;
}

/** Something is being kept just now, though the browser may not have it yet. */
let opened = false;

/** Opens what is kept in this browser; null when nothing is. */
export async function openKept(): Promise<Kept | null> {
  return opened || (await somethingKept()) ? openStore() : null;
}

export async function openStore(): Promise<Kept> {
  opened = true;
  const { AGENDA, PLACE, PLAN, READING, store, TICKS, tickOf } = await import("../store/index.ts");
  const records = store();
  await records.ready;
  return {
    store: records,
    get plan() {
      return records.get(PLAN, "current");
    },
    get agenda() {
      return records.get(AGENDA, "current");
    },
    get ticks() {
      return records.all(TICKS);
    },
    get place() {
      return records.get(PLACE, "last");
    },
    get today() {
      return localDay();
    },
    mark(session, done) {
      if (done) void records.put(TICKS, session.id, tickOf(session, localDay()));
      else void records.remove(TICKS, session.id);
    },
    reading: (page) => records.get(READING, page)?.seconds ?? 0,
    read: (page, seconds) => void records.put<Reading>(READING, page, { page, seconds }),
  };
}

/** Whether this browser has anything of ours. Where it cannot be asked, it may have. */
async function somethingKept(): Promise<boolean> {
  try {
    const all = await indexedDB.databases();
    return all.some(({ name }) => name?.startsWith("training-loop"));
  } catch {
    return true;
  }
}
