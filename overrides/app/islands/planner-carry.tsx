/**
 * Plan and progress for a second device: a link, the same as codes for a camera, and what is asked when one is opened.
 * Nothing goes through a server: a link holds all of it.
 */
import { Component, type JSX } from "preact";
import { useState } from "preact/hooks";
import { encodeQR } from "qr";
import { pack, titlesOf, unpack } from "../core/carry.ts";
import type { SavedPlan } from "../core/records.ts";
import { canonical } from "../core/share.ts";
import { base } from "../ui/base";
import { CopyLink } from "./copy-link.tsx";
import type { Desk } from "./planner-desk.ts";
import { type News, Offer } from "./planner-news.tsx";
import { count, longDay } from "./planner-parts.tsx";

/** More letters than that make a code that no camera reads from a screen; then there are several codes. */
const SCANNABLE = 900;

interface Made {
  readonly link: string;
  readonly codes: readonly string[];
}

export class Carry extends Component<{ readonly desk: Desk }, { readonly made: Made | null; readonly failed: boolean }> {
  override state = { made: null as Made | null, failed: false };
  #of: readonly unknown[] = [];

  override componentDidMount(): void {
    this.componentDidUpdate();
  }

  override componentDidUpdate(): void {
    const { desk } = this.props;
    // The plan is kept, since something of it is given away.
    if (!desk.saved) return desk.replan();
    const of = [desk.saved, desk.ticks];
    if (this.#of.every((one, at) => one === of[at]) && this.#of.length > 0) return;
    this.#of = of;
    void this.#make(desk.saved, desk).then(
      (made) => this.setState({ made, failed: false }),
      () => this.setState({ failed: true }),
    );
  }

  async #make(plan: SavedPlan, { ticks, loaded }: Desk): Promise<Made> {
    const titleOf = titlesOf(loaded.guide);
    const address = (piece: string): string => new URL(`plan/#${piece}`, base).href;
    const all = [...ticks.values()];
    const [whole = ""] = await pack(plan, all, titleOf);
    const pieces = await pack(plan, all, titleOf, SCANNABLE - address("").length);
    return { link: address(whole), codes: pieces.map(address) };
  }

  override render(_: unknown, { made, failed }: { readonly made: Made | null; readonly failed: boolean }): JSX.Element {
    if (failed) return <p role="alert">This browser cannot make such a link. The backup file below does the same.</p>;
    return made ? <Ways made={made} /> : <p>Making the link</p>;
  }
}

function Ways({ made: { link, codes } }: { made: Made }): JSX.Element {
  const [shown, setShown] = useState(0);
  const at = Math.min(shown, codes.length - 1);
  const several = codes.length > 1;
  return (
    <>
      <CopyLink label="Link that carries your plan and what you have done" link={link}>
        <p>
          Open it on the other device: what it brings is added there, and nothing is overwritten. It is behind the # of the
          address, which browsers never send to a server; anyone with the link can read it.
        </p>
      </CopyLink>
      <figure class="tl-code">
        <Code text={codes[at] as string} name={several ? `Code ${at + 1} of ${codes.length}` : "The link as a code for a camera"} />
        <figcaption>
          {several
            ? `Code ${at + 1} of ${codes.length}. Scan all of them, in any order: each adds its part.`
            : "The same for a camera."}
        </figcaption>
      </figure>
      {several ? (
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button" disabled={at === 0} onClick={() => setShown(at - 1)}>
            Previous code
          </button>
          <button type="button" class="tl-button" disabled={at === codes.length - 1} onClick={() => setShown(at + 1)}>
            Next code
          </button>
        </p>
      ) : null}
    </>
  );
}

/** Dark on light in both schemes, with the margin that cameras need. */
function Code({ text, name }: { text: string; name: string }): JSX.Element {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={name} shape-rendering="crispEdges">
      <path class="tl-code__light" d={`M0 0h${rows.length}v${rows.length}H0z`} />
      <path class="tl-code__dark" d={path} />
    </svg>
  );
}

// --- What a link brings ------------------------------------------------------------------------------------------------

export async function readCarried(hash: string, desk: Desk, close: () => void): Promise<News> {
  const carried = await unpack(hash, titlesOf(desk.loaded.guide));
  if (!carried.ok) return { messages: [`${carried.reason} Nothing was changed.`], offer: null };
  const { plan, ticks } = carried;
  const added = ticks.filter((tick) => !desk.ticks.has(tick.id));
  const things = count(added.length, "thing");
  const { saved } = desk;
  const settings = (one: SavedPlan): string => JSON.stringify(canonical(one.settings));
  if (!saved) {
    desk.merge(ticks, plan);
    return { messages: [`Your plan is here now, with ${things} that you have done.`], offer: null };
  }
  const same = settings(saved) === settings(plan);
  if (same && added.length === 0) return { messages: ["The link brings nothing that is not already here."], offer: null };
  const take = (): void => desk.merge(ticks);
  const takeAll = (): void => desk.merge(ticks, plan);
  const brings = added.length === 0 ? "The link brings nothing new that was done" : `The link brings ${things} that you have done and that ${added.length === 1 ? "is" : "are"} not ticked here`;
  if (same) return { messages: [], offer: <Offer said={`${brings}.`} yes="Add what was done" take={take} close={close} /> };
  const said = `${brings}, and another plan, for ${longDay(plan.settings.interview, true)}.`;
  if (added.length === 0) return { messages: [], offer: <Offer said={said} yes="Use its plan" take={takeAll} close={close} /> };
  const or = { yes: "Add it and use its plan", take: takeAll };
  return { messages: [], offer: <Offer said={said} yes="Add what was done" take={take} or={or} close={close} /> };
}
