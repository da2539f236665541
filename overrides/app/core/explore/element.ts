/** A virtual element, of HTML or SVG, by its name: figures are plain TypeScript, which Node runs as it is. */
import { h, type ComponentChild, type VNode } from "preact";

type Attributes = Readonly<Record<string, unknown>>;

export function element(name: string, attributes: Attributes, ...children: ComponentChild[]): VNode {
  return h(name as "g", attributes as object, ...children);
}
