/**
 * What the planner's views stand on: the guide, the store and the day, and everything that a reader can do with a plan.
 *
 * The plan is computed, never stored. What is stored is what it is computed from: the settings, the ticks, and the day
 * from which it was computed last (`Standing`). A tick made since then only marks a session as done, and a drill done
 * since then is not known to it: the plan does not move under the reader's hands. It moves when the settings change, when the guide has changed, or when the reader asks,
 * from today on and with everything that is done.
 */
import { indexed } from "../core/plan/history.ts";
import { change, defaultSettings, spreadHours, weekHours } from "../core/plan/settings.ts";
import type { Iso, Plan, Session, Settings, Tick } from "../core/plan/types.ts";
import { type Agenda, agendaOf, standing, type StandingNow } from "../core/plan/where.ts";
import { AGENDA, PLAN, progressOf, type SavedPlan, type Standing, STANDING, tickOf, TICKS } from "../core/records.ts";
import type { Change, Store } from "../store/index.ts";
import type { Loaded } from "./guide-data.ts";
import type { Compute } from "./planner-compute.ts";
import { REVIEWS } from "../core/practice/records.ts";

const CURRENT = "current";
const EVENING = 18 * 60 + 30;
const MORNING = 10 * 60;
/** Milliseconds after the last change. */
const SETTLED = 400;

const NOTHING: Plan = { from: "", interview: "", days: [], shares: [], bookings: [], left: [], notices: [], totals: { available: 0, planned: 0, free: 0 } };

export class Desk {
  readonly loaded: Loaded;
  readonly store: Store;
  readonly today: Iso;
  #settling = 0;
  /** Something is to be kept as soon as the plan is there. */
  #resting = false;
  /** The week as the reader laid it out, and what hours last made of it. */
  #pattern: readonly number[] = [];
  #spread = "";
  readonly #compute: Compute;
  /** The plan that is shown, and what it was asked for with. */
  #plan: Plan;
  #asked: readonly unknown[] = [];
  #pending = false;
  /** Called when there is another plan. */
  onPlan = (): void => undefined;

  private constructor(loaded: Loaded, store: Store, today: Iso, compute: Compute) {
    this.loaded = loaded;
    this.store = store;
    this.today = today;
    this.#compute = compute;
    this.#plan = NOTHING;
  }

  /** A desk with its first plan. */
  static async open(loaded: Loaded, store: Store, today: Iso, compute: Compute): Promise<Desk> {
    const desk = new Desk(loaded, store, today, compute);
    await desk.#follow();
    return desk;
  }

  // --- What there is ------------------------------------------------------------------------------------------------

  get saved(): SavedPlan | undefined {
    return this.store.get(PLAN, CURRENT);
  }

  get settings(): Settings {
    return this.saved?.settings ?? this.usual;
  }

  get usual(): Settings {
    return defaultSettings(this.loaded.guide, this.today);
  }

  get ticks(): ReadonlyMap<string, Tick> {
    return this.store.all(TICKS);
  }

  get standing(): Standing {
    return this.store.get(STANDING, CURRENT) ?? this.#standingNow();
  }

  /** The plan as it stands. The same object until there is another; while that is computed, the one before. */
  get plan(): Plan {
    void this.#follow();
    return this.#plan;
  }

  /** Whether another plan is being computed. */
  get pending(): boolean {
    void this.#follow();
    return this.#pending;
  }

  /** Ask for the plan, if anything that it is made of has changed since it was asked for last. */
  async #follow(): Promise<void> {
    const { saved, ticks } = this;
    const standing = this.store.get(STANDING, CURRENT);
    const log = this.store.all(REVIEWS);
    const settled = saved && standing;
    const key = [saved, standing?.from, standing?.done.join("\n"), standing?.until, settled ? null : ticks, settled ? null : log];
    if (this.#asked.length > 0 && this.#asked.every((one, at) => one === key[at])) return;
    this.#asked = key;
    const { from, done, until } = standing ?? this.#standingNow();
    // Not after today, or a clock that was ahead would leave days empty; and what is over is not planned for.
    const first = from < this.today && this.settings.interview >= this.today ? from : this.today;
    const known = new Set(done);
    const counted = [...ticks].filter(([id]) => known.has(id)).map(([, tick]) => tick);
    const progress = progressOf(saved?.since ?? this.today, counted);
    this.#pending = true;
    const reviews = [...log.values()].filter((review) => review.at <= until);
    const plan = await this.#compute({ settings: this.settings, progress, today: first, reviews });
    if (this.#asked !== key) return;
    this.#pending = false;
    this.#plan = plan;
    if (this.#resting) this.settle();
    this.onPlan();
  }

  get agenda(): Agenda {
    const { rounds } = this.loaded.guide.catalogue;
    return agendaOf(this.plan, this.saved?.since ?? this.today, (round) => rounds.find((one) => one.id === round)?.name ?? round);
  }

  /** How far the reader is. */
  get now(): StandingNow {
    return standing(this.agenda, this.ticks, this.today);
  }

  /** Sessions of days that have passed, without a tick. */
  get missed(): readonly Session[] {
    return this.saved ? this.now.missed : [];
  }

  /** Ticks that are in no session of the plan: done before it was computed last, or known before. */
  get done(): readonly Tick[] {
    const planned = new Set(this.plan.days.flatMap((day) => day.sessions).map((session) => session.id));
    return [...this.ticks.values()].filter((tick) => !planned.has(tick.id));
  }

  /** The id that a page of the guide has now; "" when it is gone. */
  resolve(id: string): string {
    return indexed(this.loaded.guide.catalogue).resolve(id);
  }

  get hours(): number {
    return weekHours(this.settings.minutes);
  }

  /** Whether the plan was made from another guide than the one that is here. */
  get outdated(): boolean {
    const standing = this.store.get(STANDING, CURRENT);
    return this.saved !== undefined && standing !== undefined && standing.guide !== this.loaded.print;
  }

  // --- What can be done ---------------------------------------------------------------------------------------------

  /** Change the settings; the rest of the plan is computed anew from today. */
  change(patch: Partial<Settings>): void {
    const settings = change(this.settings, patch, this.loaded.guide);
    this.#write([this.#planChange({ ...this.#begun(), settings })], this.ticks.keys());
  }

  /**
   * So many hours a week, spread as the reader laid out the week. Not as the hours before were spread: who types 15 goes
   * through 1, and what is rounded there would be lost for good.
   */
  setHours(hours: number, interview = this.settings.interview): void {
    const { minutes } = this.settings;
    if (minutes.join() !== this.#spread) this.#pattern = minutes;
    const next = spreadHours(hours, this.#pattern);
    this.#spread = next.join();
    this.change({ interview, minutes: next });
  }

  /** Begin a plan, or another one: what was done is kept and counts as known, but no longer towards the shares. */
  begin(settings: Settings): void {
    const id = crypto.randomUUID();
    this.#write([this.#planChange({ id, since: this.today, settings })], this.ticks.keys());
  }

  /** Plan the days that are left anew, with what is done so far and what changes in it. */
  replan(changes: readonly Change[] = [], done: Iterable<string> = this.ticks.keys()): void {
    this.#write([this.#planChange(this.#begun()), ...changes], done);
  }

  tick(session: Session): void {
    const changes = [this.#tickChange(session)];
    // The plan is kept from the first tick on.
    if (this.saved) void this.store.write(changes);
    else this.replan(changes);
  }

  /** Take a tick back. One that the plan was computed with brings its session back into the plan. */
  untick(id: string): void {
    const changes: Change[] = [{ namespace: TICKS, key: id }];
    const rest = [...this.ticks.keys()].filter((key) => key !== id);
    if (this.standing.done.includes(id)) this.#write(changes, rest);
    else void this.store.write(changes);
  }

  /** Tick everything that was planned for days that have passed. */
  tickMissed(): void {
    const changes = this.missed.map((session) => this.#tickChange(session));
    void this.store.write(changes);
  }

  /** Take over what another device has done, and its plan if that is wanted. What is here already stays as it is. */
  merge(ticks: readonly Tick[], plan?: SavedPlan): void {
    const added = ticks.filter((tick) => !this.ticks.has(tick.id));
    const changes = added.map((tick): Change => ({ namespace: TICKS, key: tick.id, value: tick }));
    this.#write([this.#planChange(plan ?? this.#begun()), ...changes], [...this.ticks.keys(), ...added.map((tick) => tick.id)]);
  }

  /** Remember something beside the plan: how the calendar file is wanted, what it held. */
  setStanding(part: Partial<Pick<Standing, "weekday" | "weekend" | "allDay" | "given">>): void {
    void this.store.put(STANDING, CURRENT, { ...this.standing, ...part });
  }

  // --- Writing ------------------------------------------------------------------------------------------------------

  #begun(): SavedPlan {
    return this.saved ?? { id: crypto.randomUUID(), since: this.today, settings: this.settings };
  }

  #tickChange(session: Session): Change {
    return { namespace: TICKS, key: session.id, value: tickOf(session, this.today) };
  }

  #planChange(plan: SavedPlan): Change {
    return { namespace: PLAN, key: CURRENT, value: plan };
  }

  #write(changes: readonly Change[], done: Iterable<string>): void {
    const value = { ...this.standing, ...this.#standingNow(done) };
    // What the plan held no longer holds; what holds is put in by `settle`.
    void this.store.write([...changes, { namespace: STANDING, key: CURRENT, value }, { namespace: AGENDA, key: CURRENT }]);
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => this.settle(), SETTLED);
  }

  /** A standing from today on. What the plan holds is put in when it has come to rest. */
  #standingNow(done: Iterable<string> = this.ticks.keys()): Standing {
    const usual = { pages: {}, weekday: EVENING, weekend: MORNING, allDay: false, given: [] };
    const before = this.store.get(STANDING, CURRENT) ?? usual;
    let until = 0;
    for (const { at } of this.store.all(REVIEWS).values()) until = Math.max(until, at);
    return { ...usual, ...before, from: this.today, done: [...done], until, guide: this.loaded.print };
  }

  /**
   * Keep what the plan now holds: by name, for when the guide has changed, and as an agenda for every other page. Done when
   * changes have come to rest, when the planner is left, and when a plan is found without (of an earlier version).
   */
  settle(): void {
    if (this.#settling === 0 && (!this.saved || this.store.get(AGENDA, CURRENT))) return;
    // What is kept is what the changes have made of the plan, so it waits for that.
    this.#resting = this.pending;
    if (this.#resting) return;
    clearTimeout(this.#settling);
    this.#settling = 0;
    const kept = this.store.get(STANDING, CURRENT);
    if (!kept) return;
    const { items } = indexed(this.loaded.guide.catalogue);
    const pages: Record<string, string> = {};
    for (const session of this.plan.days.flatMap((day) => day.sessions))
      for (const id of session.items) {
        const item = items.get(id);
        const page = item?.kind === "question" ? items.get(item.page ?? "") : item;
        if (page) pages[page.id] = page.title;
      }
    void this.store.write([
      { namespace: STANDING, key: CURRENT, value: { ...kept, pages } },
      { namespace: AGENDA, key: CURRENT, value: this.agenda },
    ]);
  }
}
