/** Virtual nodes as HTML: what the browser would make of them, for the page as it is built. */
import type { ComponentChild, VNode } from "preact";

const VOID = new Set(["input", "br"]);

export function toHtml(node: ComponentChild): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (Array.isArray(node)) return (node as ComponentChild[]).map(toHtml).join("");
  if (typeof node !== "object") return escaped(String(node));
  const { type, props } = node as VNode<Record<string, unknown>>;
  if (typeof type !== "string") throw new Error("only plain elements can be written at build");
  const attributes = Object.entries(props).map(([key, value]) => attribute(key, value));
  const open = `<${type}${attributes.join("")}>`;
  return VOID.has(type) ? open : `${open}${toHtml(props["children"] as ComponentChild)}</${type}>`;
}

function attribute(key: string, value: unknown): string {
  const left = key === "children" || key === "key" || key === "ref" || typeof value === "function";
  if (left || value === undefined || value === null || value === false) return "";
  return value === true ? ` ${key}` : ` ${key}="${escaped(String(value))}"`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
