/** A link to be copied: the field, what is to be known of it, and the button, which falls back to marking the field. */
import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly link: string;
  readonly children: ComponentChildren;
}

export function CopyLink({ label, link, children }: Props): JSX.Element {
  const [copied, setCopied] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied("The link is copied.");
    } catch {
      field.current?.select();
      setCopied("Press Ctrl+C or ⌘C to copy the marked link.");
    }
  };
  return (
    <>
      <label class="tl-field">
        <span>{label}</span>
        <input ref={field} class="tl-plan-link" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      {children}
      <button type="button" class="tl-button tl-button--main" onClick={() => void copy()}>
        Copy the link
      </button>
      <p role="status">{copied}</p>
    </>
  );
}
