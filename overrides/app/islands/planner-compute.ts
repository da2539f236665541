/**
 * Plans, computed in a worker (planning.ts). Only the latest question counts: what was asked before it is dropped. Where
 * there can be no worker, the page computes by itself.
 */
import type { Plan } from "../core/plan/types.ts";
import type { Guide } from "../core/plan/usual.ts";
import type { PlanAsked } from "../core/practice/planned.ts";
import type { Asked } from "../planning.ts";

export type Compute = (asked: PlanAsked) => Promise<Plan>;

interface Question extends Asked {
  readonly answer: (plan: Plan) => void;
}

export interface Computing {
  readonly compute: Compute;
  end(): void;
}

/** `address`: that of the worker's script. */
export function startComputing(guide: Guide, address: string): Computing {
  let worker: Worker | null = null;
  let open: Question | null = null;
  let busy = false;
  let number = 0;
  let ending = false;
  const here = async ({ answer, ...asked }: Question): Promise<void> => {
    const { planned } = await import("../core/practice/planned.ts");
    answer(await planned(guide, asked));
  };
  const ask = (): void => {
    if (!open) return;
    if (!worker) return void here(open);
    // What comes while it computes waits, and only the last of it.
    if (busy) return;
    busy = true;
    const { answer: _answer, ...asked } = open;
    worker.postMessage(asked);
  };
  const fail = (): void => {
    worker?.terminate();
    worker = null;
    busy = false;
    ask();
  };
  try {
    worker = new Worker(address, { type: "module" });
    worker.addEventListener("error", fail);
    worker.addEventListener("message", ({ data }: MessageEvent<{ readonly number: number; readonly plan: Plan }>) => {
      busy = false;
      if (open?.number === data.number) {
        const { answer } = open;
        open = null;
        answer(data.plan);
        if (ending) worker?.terminate();
      } else ask();
    });
    worker.postMessage(guide);
  } catch {
    worker = null;
  }
  return {
    compute: (asked) =>
      new Promise((answer) => {
        number += 1;
        open = { number, ...asked, answer };
        ask();
      }),
    // What was asked last is still answered: it is kept for the other pages.
    end: () => {
      ending = true;
      if (!open) worker?.terminate();
    },
  };
}
