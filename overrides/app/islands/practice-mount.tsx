/** How every view of practice comes into its page: when the guide and the store are there, or with what to do if not. */
import { type ComponentType, type JSX, render } from "preact";
import { PracticeDesk } from "./practice-desk.ts";

export function mountView(View: ComponentType<{ readonly desk: PracticeDesk }>): (element: HTMLElement) => () => void {
  return (element) => {
    let gone = false;
    PracticeDesk.open().then(
      (desk) => {
        if (gone) return;
        element.replaceChildren();
        render(<View desk={desk} />, element);
      },
      () => {
        if (!gone) render(<Unreachable />, element);
      },
    );
    return () => {
      gone = true;
      render(null, element);
    };
  };
}

function Unreachable(): JSX.Element {
  return (
    <p class="tl-island-note" role="alert">
      The guide's data could not be loaded. What you have done is kept. Reload the page to try again.
    </p>
  );
}
