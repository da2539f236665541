/** What has to be told now and then: what an address brought along, what became of the guide. Fetched when there is any. */
import type { JSX } from "preact";
import { dayNumber } from "../core/plan/calendar.ts";
import { dateFault, HOURS } from "../core/plan/today.ts";
import type { Settings } from "../core/plan/types.ts";
import { canonical, decodeSettings, vocabularyOf } from "../core/share.ts";
import type { Desk } from "./planner-desk.ts";
import { count, longDay } from "./planner-parts.tsx";

export interface News {
  readonly messages: readonly string[];
  /** Another plan than the one that is here: the reader is asked before it takes its place. */
  readonly offer: JSX.Element | null;
}

/** What the address brings along: a date and hours from the home page, settings from a link, or a plan from a device. */
export async function readAddress(hash: string, desk: Desk, close: () => void): Promise<News> {
  if (hash.startsWith("#carry=")) return (await import("./planner-carry.tsx")).readCarried(hash, desk, close);
  return (hash.startsWith("#start=") ? readStart : readLink)(hash, desk, close);
}

const kept = (desk: Desk): string => (desk.saved ? "Your plan is as it was." : "These are the usual settings.");

function readStart(hash: string, desk: Desk, close: () => void): News {
  const [day = "", given = ""] = hash.slice("#start=".length).split(",");
  const hours = Number(given);
  const fault = dayNumber(day) === null ? "" : dateFault(day, desk.today);
  if (fault !== "") return { messages: [`${fault} ${kept(desk)}`], offer: null };
  if (dayNumber(day) === null || given === "" || !(hours >= HOURS.least && hours <= HOURS.most))
    return { messages: [`The address holds no date and hours to plan with. ${kept(desk)}`], offer: null };
  const { interview } = desk.settings;
  const take = (): void => desk.setHours(hours, day);
  // Nothing is lost, or nothing that is still ahead: after one interview, the form on the home page is for the next.
  const free = !desk.saved || interview < desk.today;
  const same = day === interview && hours === desk.hours;
  if (free) take();
  if (free || same) return { messages: [], offer: null };
  const said = (date: string, week: number): string => `${longDay(date, true)}, and ${count(week, "hour")} a week`;
  const text = `You already have a plan, for ${said(interview, desk.hours)}. On the home page you gave ${said(day, hours)}.`;
  return { messages: [], offer: <Offer said={text} yes="Change my plan to that" take={take} close={close} /> };
}

function readLink(hash: string, desk: Desk, close: () => void): News {
  const found = decodeSettings(hash, vocabularyOf(desk.loaded.guide), desk.today);
  if (!found.ok) return { messages: [`${found.reason} ${kept(desk)}`], offer: null };
  const { settings, notes } = found;
  if (!desk.saved) {
    desk.begin(settings);
    return { messages: notes, offer: null };
  }
  const text = (one: Settings): string => JSON.stringify(canonical(one));
  if (text(settings) === text(desk.settings)) return { messages: ["The link has the same settings as your plan."], offer: null };
  const said = "The link that you opened has different settings from your plan.";
  const take = (): void => desk.begin(settings);
  return { messages: notes, offer: <Offer said={said} yes="Plan with the link" take={take} close={close} /> };
}

interface OfferProps {
  readonly said: string;
  readonly yes: string;
  take(): void;
  /** Another thing to take, if there is one. */
  readonly or?: { readonly yes: string; take(): void };
  close(): void;
}

export function Offer({ said, yes, take, or, close }: OfferProps): JSX.Element {
  return (
    <div class="tl-notice" role="status">
      <p>{said}</p>
      <p class="tl-plan-buttons">
        <button
          type="button"
          class="tl-button tl-button--main"
          onClick={() => {
            close();
            take();
          }}
        >
          {yes}
        </button>
        {or ? (
          <button
            type="button"
            class="tl-button"
            onClick={() => {
              close();
              or.take();
            }}
          >
            {or.yes}
          </button>
        ) : null}
        <button type="button" class="tl-button" onClick={close}>
          Keep my plan
        </button>
      </p>
    </div>
  );
}

/** Bring a plan that was made from another guide to the one that is here; returns what to tell of it. */
export function followGuide(desk: Desk): string {
  const { names } = desk.loaded.guide.allocation;
  const pages = Object.entries(desk.standing.pages);
  const gone = pages.filter(([id]) => desk.resolve(id) === "").map(([, title]) => title);
  const renamed = pages.filter(([id]) => ![id, ""].includes(desk.resolve(id))).length;
  const said = ["The guide has changed since this plan was made, so the rest of it was planned again from today."];
  if (renamed > 0) said.push(`${count(renamed, "page")} got a new address; what you did with it is kept.`);
  if (gone.length > 0) said.push(`No longer in the guide: ${gone.join(", ")}. Its time went to other things.`);
  const { level, role, company, rounds } = desk.settings;
  const { usual } = desk;
  const lost: Partial<Settings> = {
    ...(level in names.levels ? {} : { level: usual.level }),
    ...(role in names.roles ? {} : { role: usual.role }),
    ...(company in names.companies ? {} : { company: usual.company }),
  };
  if (Object.keys(lost).length > 0) {
    said.push(`The ${Object.keys(lost).join(" and ")} that you chose ${Object.keys(lost).length === 1 ? "is" : "are"} no longer there; look at what the form says now.`);
    desk.change({ ...lost, rounds });
  } else desk.replan();
  return said.join(" ");
}
