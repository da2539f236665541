/** The twists of a case in a mock interview: those that have come up, for who is asked; all with answers, for who asks. */
import { Component, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import type { MockSet } from "../core/practice/mock.ts";
import { inOrder, type Planned, type Twist } from "../core/practice/twists.ts";
import { base } from "../ui/base.ts";

type Published = Readonly<Record<string, readonly (readonly [string, string])[]>>;

let loading: Promise<Published> | null = null;

/** What is published of all cases. A failure is not kept. */
function published(): Promise<Published> {
  loading ??= fetch(new URL("data/twists.json", base)).then((response) => {
    if (!response.ok) throw new Error(`twists: ${response.status}`);
    return response.json() as Promise<Published>;
  });
  loading.catch(() => (loading = null));
  return loading;
}

/** The twists of the case that a set begins with, in the order in which they come up; none where they cannot be had. */
export async function twistsOf(set: Pick<MockSet, "minutes" | "items">): Promise<readonly Planned[]> {
  const [main = ""] = set.items;
  // Every case lies in one folder, and nothing else of a set does.
  if (!main.startsWith("system-design/cases/") || main.includes("#")) return [];
  const all = await published().catch((): Published => ({}));
  return inOrder((all[main] ?? []).map(([said, answer]): Twist => ({ said, answer })), set);
}

interface UpProps {
  readonly twists: readonly Planned[];
  readonly up: number;
  more(): void;
}

/** For who is asked: what has come up, and a way not to wait for the next. */
export function TwistsUp({ twists, up, more }: UpProps): JSX.Element | null {
  if (twists.length === 0) return null;
  return (
    <section class="tl-mock__twists" aria-labelledby="mock-twists">
      <h3 id="mock-twists">Now imagine</h3>
      {up === 0 ? <p>Twists come up by the clock, from the middle on.</p> : null}
      <ol>
        {twists.slice(0, up).map(({ said }) => (
          <li key={said}>{said}</li>
        ))}
      </ol>
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button" disabled={up >= twists.length} onClick={more}>
          {up >= twists.length ? "That was the last twist" : up === 0 ? "Show one now" : "Show another now"}
        </button>
      </p>
    </section>
  );
}

interface ToldProps {
  readonly set: Pick<MockSet, "minutes" | "items">;
  /** What to do with them. */
  readonly lead: string;
}

/** For who asks: when each comes up, and what a strong answer says. */
export class TwistsTold extends Component<ToldProps, { readonly twists: readonly Planned[] }> {
  override state = { twists: [] as readonly Planned[] };

  override componentDidMount(): void {
    void twistsOf(this.props.set).then((twists) => this.setState({ twists }));
  }

  override render({ lead }: ToldProps, { twists }: { readonly twists: readonly Planned[] }): JSX.Element | null {
    if (twists.length === 0) return null;
    return (
      <section class="tl-mock__twists" aria-labelledby="mock-twists-told">
        <h3 id="mock-twists-told">Now imagine</h3>
        <p>{lead}</p>
        <dl>
          {twists.map(({ said, answer, at }) => (
            <div key={said}>
              <dt>
                {said} <span>{at === null ? "in reserve" : `after ${clockOf(at)}`}</span>
              </dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      </section>
    );
  }
}
