/**
 * A first guess of which key points a typed answer holds, by its words: the stems of a point's words that the answer has
 * too, where other names of a term in the glossary count as the term. It reads words and no meaning, so it is shown as a
 * guess, ticks nothing for good, and grades nothing.
 */
import { stemmer } from "stemmer";

/** Names that mean the same, one list for each term. */
export type Synonyms = readonly (readonly string[])[];

const STOP = new Set(
  ("a an the and or but if then than that this these those it its is are was were be been being of to in on at by for from with without as not no " +
    "so such into over under more most less least very much many few can could may might will would should must do does did done have has had you " +
    "your we our they their there here which who what when where why how all any each every some one two only also just about between because").split(" "),
);
/** So much of a point has to be said. */
const ENOUGH = 0.5;

function words(text: string): string[] {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").match(/[a-z0-9]+/g) ?? [];
}

function stems(text: string): string[] {
  return words(text).filter((word) => !STOP.has(word)).map((word) => stemmer(word));
}

/** All words of a text by their stems, with a blank around each. */
function inStems(text: string): string {
  return ` ${words(text).map((word) => stemmer(word)).join(" ")} `;
}

/** Each name of a term, as words in a row, with the sign that stands for all of them; longer names first. */
function namesOf(synonyms: Synonyms): readonly (readonly [string, string])[] {
  const names = synonyms.flatMap((list, at) => list.map((name): [string, string] => [inStems(name), `term${at}`]));
  return names.filter(([name]) => name.trim() !== "").sort((a, b) => b[0].length - a[0].length);
}

export type Guess = (answer: string, points: readonly string[]) => boolean[];

/** A guesser for these synonyms; to be made once. */
export function guesser(synonyms: Synonyms): Guess {
  const names = namesOf(synonyms);
  const signs = (text: string): Set<string> => {
    let all = inStems(text);
    const found = new Set(stems(text));
    for (const [name, sign] of names) {
      if (!all.includes(name)) continue;
      found.add(sign);
      for (const word of name.trim().split(" ")) found.delete(word);
      // A name within a longer one is not said by itself.
      all = all.replaceAll(name, "  ");
    }
    return found;
  };
  return (answer, points) => {
    const said = signs(answer);
    return points.map((point) => {
      const wanted = [...signs(point)];
      const held = wanted.filter((one) => said.has(one)).length;
      return wanted.length > 0 && held >= Math.min(2, wanted.length) && held / wanted.length >= ENOUGH;
    });
  };
}
