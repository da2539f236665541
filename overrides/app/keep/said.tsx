/** What both places that offer to keep the guide say: how far the fetching is, and why it stopped. */
import { Component, type JSX } from "preact";
import { megabytes, milestone, percent, type Progress, type Why } from "../core/keeping.ts";
import { announce } from "../ui/announce";

export const WHY: Readonly<Record<Why, string>> = {
  away: "The site cannot be reached. What has arrived stays here, and you can continue when there is a network.",
  full: "There is no space left on this device, or the browser gives this site no more. Free some space, then continue; what has arrived stays here.",
  changed: "The files do not belong together right now: the site is being republished, or something on the way changes them. Continue in a minute; what is the same is not downloaded again.",
  elsewhere: "Another tab is already downloading the guide. Look there.",
  refused: "The browser does not let this site keep anything. Private windows often do not; a regular one may.",
  cancelled: "Canceled. What has arrived stays here until you continue or remove it.",
};

interface Props {
  readonly progress: Progress;
  cancel(): void;
}

export class Fetching extends Component<Props> {
  override componentDidUpdate(before: Props): void {
    const reached = milestone(before.progress, this.props.progress);
    if (reached !== null) announce(`${reached}% fetched`);
  }

  override render({ progress, cancel }: Props): JSX.Element {
    const { files, allFiles, bytes, allBytes } = progress;
    return (
      <div class="tl-keep__fetching">
        <label>
          {allFiles === 0 ? "Checking what there is to download" : `Fetching: ${files} of ${allFiles} files, ${(bytes / 1e6).toFixed(1)} of ${megabytes(allBytes)}`}
          <progress value={percent(progress)} max={100} />
        </label>
        <button type="button" class="tl-button" onClick={cancel}>
          Cancel
        </button>
      </div>
    );
  }
}
