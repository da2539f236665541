/** The file that holds everything a reader did: saved, loaded by adding or by replacing, and taken back. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Fault } from "../core/check.ts";
import { NAMESPACES, PLAN } from "../core/records.ts";
import type { Store } from "../store/index.ts";
import { announce } from "../ui/announce";
import { save } from "../ui/save.ts";
import { count } from "./words.ts";

interface Props {
  readonly store: Store;
  readonly today: string;
  /** Called when a file was taken over; returns what to tell besides. */
  after?(): string;
}

type How = "merge" | "replace";

const LARGEST = 20_000_000;

function refused(text: null | undefined): { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] } {
  const reason = text === null ? "The file is far too large to have been written by this guide." : "The file could not be opened.";
  return { ok: false, reason, faults: [] };
}

function size(store: Store): number {
  return NAMESPACES.reduce((sum, namespace) => sum + store.all(namespace).size, 0);
}

/** What a file did to what was here. */
function told(how: How, store: Store, sizeBefore: number, planBefore: unknown): string {
  if (how === "replace") return "The file was read. What is kept here is now what the file holds, and nothing else.";
  const more = size(store) - sizeBefore;
  const plan = store.get(PLAN, "current");
  const other = JSON.stringify(plan) === JSON.stringify(planBefore) ? "" : " The plan is now the one from the file.";
  return `The file was read. ${more > 0 ? `${count(more, "record")} were added.` : "It holds nothing that was not here."}${other}`;
}

export function Backup({ store, today, after }: Props): JSX.Element {
  const [how, setHow] = useState<How>("merge");
  const [said, setSaid] = useState("");
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [before, setBefore] = useState<string | null>(null);
  const say = (answer: string): void => {
    setSaid(answer);
    announce(answer);
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    // What is too large is not read into memory to be told so.
    const text = file.size > LARGEST ? null : await file.text().catch(() => undefined);
    const [had, plan] = [size(store), store.get(PLAN, "current")];
    const result = typeof text === "string" ? await store.importFile(text, how) : refused(text);
    // One fault is told by the reason.
    const faults = result.ok || result.faults.length < 2 ? [] : result.faults;
    setFaults(faults.map(({ path, reason }) => `${path} ${reason}`));
    setBefore(result.ok ? result.before : null);
    say(result.ok ? `${told(how, store, had, plan)} ${after?.() ?? ""}`.trim() : `${result.reason} Nothing was changed.`);
  };
  return (
    <>
      <button
        type="button"
        class="tl-button tl-button--main"
        onClick={() => void store.exportFile().then((text) => save(text, "application/json", `the-training-loop-${today}.json`))}
      >
        Save everything to a file
      </button>
      <Ways how={how} set={setHow} />
      <Chosen take={(file) => void read(file)} />
      {said === "" ? null : <p>{said}</p>}
      {faults.length === 0 ? null : (
        <ul>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {before === null ? null : (
        <button
          type="button"
          class="tl-button"
          onClick={() => {
            setBefore(null);
            // Said when it is so, not when it is asked for.
            void store.importFile(before, "replace").then(() => say("What was here before is back."));
          }}
        >
          Undo
        </button>
      )}
    </>
  );
}

function Chosen({ take }: { take(file: File | undefined): void }): JSX.Element {
  return (
    <label class="tl-field">
      <span>Load a saved file</span>
      <input
        type="file"
        accept="application/json,.json"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

function Ways({ how, set }: { how: How; set(how: How): void }): JSX.Element {
  const way = (value: How, said: string): JSX.Element => (
    <label class="tl-check">
      <input type="radio" name="tl-backup-how" checked={how === value} onChange={() => set(value)} />
      <span>{said}</span>
    </label>
  );
  return (
    <fieldset class="tl-backup__ways">
      <legend>What loading a file does</legend>
      {way("merge", "Add what is in it to what is here")}
      {way("replace", "Replace what is here")}
    </fieldset>
  );
}

/** What the store could not read and put aside. */
export function Unreadable({ store }: { store: Store }): JSX.Element {
  return (
    <p class="tl-plan-buttons">
      <button
        type="button"
        class="tl-button"
        onClick={() => save(store.damagedText(), "application/json", "the-training-loop-unreadable.json")}
      >
        Save it to a file
      </button>
      <button type="button" class="tl-button" onClick={() => void store.forgetDamaged()}>
        Discard what cannot be read
      </button>
    </p>
  );
}
