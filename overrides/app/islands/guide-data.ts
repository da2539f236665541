/** The published data that islands start from. Fetched once a visit; what is fetched stays through instant navigation. */
import { base } from "../ui/base";
import type { Guide } from "../core/plan/usual.ts";
import type { Allocation, Catalogue } from "../core/plan/types.ts";

/** The guide, and a short text that differs when it does. */
export interface Loaded {
  readonly guide: Guide;
  readonly print: string;
}

let loading: Promise<Loaded> | null = null;

export function loadGuide(): Promise<Loaded> {
  loading ??= fetchGuide();
  // A failure is not kept: the reader may be online again when asking the next time.
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

async function fetchGuide(): Promise<Loaded> {
  const [catalogue, allocation] = await Promise.all([text("data/catalogue.json"), text("data/allocation.json")]);
  const guide = { catalogue: JSON.parse(catalogue) as Catalogue, allocation: JSON.parse(allocation) as Allocation };
  return { guide, print: fingerprint(catalogue + allocation) };
}

async function text(path: string): Promise<string> {
  const response = await fetch(new URL(path, base));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

/** FNV-1a over all characters, and the length. */
function fingerprint(data: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < data.length; at += 1) hash = Math.imul(hash ^ data.charCodeAt(at), 0x01000193);
  return `${(hash >>> 0).toString(36)}-${data.length.toString(36)}`;
}
