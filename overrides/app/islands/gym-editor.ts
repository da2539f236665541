/**
 * The editor of the gym: CodeMirror with Python, in the colors of the site. It stands in a shadow root, where its styles
 * are sheets and not elements, which the policy of the page would refuse.
 */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface Editor {
  readonly text: string;
  /** Replaces everything; undo brings it back. */
  replace(text: string): void;
  focus(): void;
  destroy(): void;
}

const colors = HighlightStyle.define([
  { tag: tags.comment, color: "var(--tl-code-comment)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.operatorKeyword, tags.self], color: "var(--tl-code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--tl-code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--tl-code-number)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.meta], color: "var(--tl-code-function)" },
  { tag: [tags.className, tags.definition(tags.className)], color: "var(--tl-code-class)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--tl-ink)", backgroundColor: "var(--tl-sunk)", fontSize: "var(--tl-editor-size)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--tl-mono)", lineHeight: "1.52", minHeight: "16rem", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--tl-ink)" },
  // The last line can be scrolled from under what covers the editor on a phone.
  "@media (max-width: 48em)": { ".cm-content": { paddingBottom: "12rem" } },
  ".cm-cursor": { borderLeftColor: "var(--tl-ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--tl-sunk)", color: "var(--tl-muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--tl-ink) 5%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--tl-note) 30%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--tl-note-soft)", outline: "1px solid var(--tl-note)" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--tl-bad-soft)" },
  ".cm-selectionMatch": { backgroundColor: "var(--tl-accent-soft)" },
  ".cm-searchMatch": { backgroundColor: "var(--tl-warn-soft)", outline: "1px solid var(--tl-warn)" },
  ".cm-panels": { backgroundColor: "var(--tl-raised)", color: "var(--tl-ink)", fontFamily: "var(--tl-sans)" },
  ".cm-panels :is(input, button)": { font: "inherit", minHeight: "2rem", color: "var(--tl-ink)", background: "var(--tl-paper)", border: "1px solid var(--tl-edge)" },
});

/** Said above the editor, and to a screen reader as its description: who does not know it cannot get out. */
const LEAVE = "Tab indents. To leave the editor with the keyboard, press Escape and then Tab.";

/** Opens the editor. What is written stays visible above what covers the lower end of the window: so many pixels, now. */
export function openEditor(place: HTMLElement, text: string, changed: (text: string) => void, covered: () => number): Editor {
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  // Beside what it describes: an id is known only within one root.
  const leave = document.createElement("p");
  leave.id = "leave";
  leave.setAttribute("part", "leave");
  leave.textContent = LEAVE;
  root.append(leave);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        history(),
        python(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        search({ top: true }),
        // Tab indents. After Escape it leads on, as everywhere on the page.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
        syntaxHighlighting(colors),
        look,
        EditorView.scrollMargins.of(() => ({ bottom: covered() })),
        EditorView.contentAttributes.of({ "aria-label": "Your code", "aria-describedby": leave.id, translate: "no" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    replace(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: 0 }, annotations: isolateHistory.of("full") });
    },
    focus: () => view.focus(),
    destroy: () => {
      view.destroy();
      leave.remove();
    },
  };
}
