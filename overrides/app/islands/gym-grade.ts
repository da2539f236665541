/**
 * Runs the checks of an exercise one after the other, each within its own time. One that stands still costs its own
 * seconds and no more: Python is started anew, and the next check runs. After a few of these the rest is left out.
 */
import { Ended, type Python } from "./gym-python.ts";

export interface Check {
  readonly name: string;
  /** What one sees go wrong when it fails. */
  readonly symptom: string;
  /** Seconds. */
  readonly limit: number;
}

/** An exercise as the site publishes it (guide.publish.gym). */
export interface Exercise {
  readonly id: string;
  readonly title: string;
  readonly starter: string;
  /** The starter without its explanations. */
  readonly signatures: string;
  readonly packages: readonly string[];
  /** Seconds for a program that the reader runs. */
  readonly limit: number;
  readonly checks: string;
  readonly names: readonly Check[];
}

export interface Result {
  readonly check: Check;
  readonly state: "waiting" | "running" | "passed" | "failed" | "left";
  readonly message: string;
  readonly printed: string;
}

/** So many checks may stand still. */
const STANDSTILLS = 3;
const PRINTED = 2000;

export function unchecked(exercise: Exercise): readonly Result[] {
  return exercise.names.map((check) => ({ check, state: "waiting", message: "", printed: "" }));
}

/**
 * Checks code; `told` hears of every step. Returns what the checks found, or a traceback when the code does not run.
 * Rejects with `Ended` when the reader stops it.
 */
export async function grade(
  python: Python,
  exercise: Exercise,
  code: string,
  told: (results: readonly Result[]) => void,
): Promise<readonly Result[] | string> {
  const results = [...unchecked(exercise)];
  const set = (at: number, change: Partial<Result>): void => {
    results[at] = { ...(results[at] as Result), ...change };
    told([...results]);
  };
  let stood = 0;
  let loaded = false;
  for (const [at, check] of exercise.names.entries()) {
    if (stood >= STANDSTILLS) {
      set(at, { state: "left", message: `Not run, because ${STANDSTILLS} checks before it were stopped.` });
      continue;
    }
    set(at, { state: "running" });
    try {
      if (!loaded) {
        await python.start();
        const fault = await load(python, exercise, code);
        if (fault !== "") return fault;
        loaded = true;
      }
      let printed = "";
      const hear = (text: string): void => void (printed = (printed + text).slice(0, PRINTED));
      const message = await python.ask({ kind: "check", name: check.name }, check.limit, hear);
      set(at, { state: message === "" ? "passed" : "failed", message, printed });
    } catch (error) {
      if (!(error instanceof Ended) || error.why === "stopped") throw error;
      stood += 1;
      loaded = false;
      set(at, { state: "failed", message: endSaid(error, check.limit) });
    }
  }
  return results;
}

/** The code as a module. It may stand still before any check has begun. */
async function load(python: Python, { checks, limit }: Exercise, code: string): Promise<string> {
  try {
    return await python.ask({ kind: "load", code, checks }, limit);
  } catch (error) {
    if (error instanceof Ended && error.why !== "stopped") return endSaid(error, limit);
    throw error;
  }
}

export function endSaid({ why, message }: Ended, limit: number): string {
  if (why === "late") return `It was still running after ${limit} seconds and was stopped. Is there a loop that does not end?`;
  if (why === "stopped") return "Stopped.";
  const deep = /call stack|recursion/i.test(message);
  return deep ? "Python ran out of stack and was restarted. Does a function call itself forever?" : `Python ended and was restarted (${message}).`;
}
