/** A table of a case, as its page has it: what an interviewer answers, the timeline, the rubric. Nothing where it cannot be had. */
import { Component, type JSX } from "preact";
import type { Item } from "../core/plan/types.ts";
import { Inserted } from "./fire-run.tsx";
import { tableOf } from "./practice-question.ts";

interface Props {
  readonly item: Item;
  /** The anchor of the section. */
  readonly section: string;
  /** "" = without a heading. */
  readonly title: string;
  readonly lead: string;
}

export class CaseSection extends Component<Props, { readonly table: HTMLElement | null }> {
  override state = { table: null as HTMLElement | null };

  override componentDidMount(): void {
    const { item, section } = this.props;
    void tableOf(item, section).then((table) => this.setState({ table }), () => undefined);
  }

  override render({ title, lead }: Props, { table }: { readonly table: HTMLElement | null }): JSX.Element | null {
    if (!table) return null;
    return (
      <>
        {title === "" ? null : <h3>{title}</h3>}
        <p>{lead}</p>
        <Inserted element={table} />
      </>
    );
  }
}
