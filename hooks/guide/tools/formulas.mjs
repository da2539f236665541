// TeX → MathML by Temml, put right where browsers would show something else than TeX does.
// Temml's tree is changed before it is written out; its markup would have to be read again.
import temml from "temml";

const OPTIONS = { throwOnError: true, strict: true, trust: false, maxSize: [20, 20], maxExpand: 200, wrap: "none" };
// Inline formulas with more signs than this may be broken, so that they fit on a phone.
const LONG = 16;

// What overrides/styles/mathematics.css has rules for. A formula that needs others would be shown wrong, so it is refused.
const STYLED =
  /^(?:tml-(?:display|jot|small|right|left|prime|(?:sml|med|lrg)-pad|vec|overline|underline|(?:hat|tilde)-[1-4])|(?:chr|wbk)-[a-z-]+|mathcal|mathscr|)$/;

// Commands that Temml obeys and that have no place on a page: they name, number, link, color or define.
const REFUSED =
  /\\(?:label|eqref|ref|(?:re|provide)?newcommand|DeclareMathOperator|[gex]?def|let|futurelet|global|color|textcolor|colorbox|fcolorbox|definecolor|rule|tag|notag|nonumber|class|id|style|data|href|url|includegraphics)(?![A-Za-z])/;
const NUMBERED = /\\begin\{(equation|align|gather|alignat|multline|CD)\}/;

/** Returns the MathML of a formula; throws with what is wrong. */
export function setFormula({ source, display }) {
  const refused = REFUSED.exec(source);
  if (refused) throw new Error(`${refused[0]} is not allowed`);
  const numbered = NUMBERED.exec(source);
  if (numbered) throw new Error(`{${numbered[1]}} is not allowed`);
  const math = temml.__renderToMathMLTree(source, { ...OPTIONS, displayMode: display });
  // Browsers know `display="block"`; the page's styles do the rest.
  math.style = {};
  math.classes = [];
  pairBigDelimiters(math);
  visit(math);
  if (!display) allowBreaks(math);
  // What is copied and searched for is what was written.
  math.setAttribute("data-tex", source);
  return math.toMarkup();
}

function visit(node) {
  // The bar of an accent, where the font's overline is too wide for a letter.
  if (node.type === "mover" && textOf(node.children[1]) === "‾" && node.children[1].attributes?.stretchy === "false") {
    node.children[1].children[0].text = "¯";
  }
  for (const name of node.classes ?? []) {
    if (!STYLED.test(name)) throw new Error("it holds a sign or frame that the guide's styles cannot show");
  }
  node.children = (node.children ?? []).map((child) => scriptOnDelimiter(child));
  node.children.forEach((child, index) => spaceBeforeFunction(child, node.children[index - 1]));
  for (const child of node.children) if (child.children) visit(child);
}

const textOf = (node) => node.text ?? (node.children ?? []).map(textOf).join("");

/** `p(x) \\log x` has a thin space on both sides of the name; Temml leaves the first out after a parenthesis or fraction. */
function spaceBeforeFunction(node, before) {
  const [name, apply] = node.type === "mrow" ? node.children : [];
  if (name?.type !== "mi" || apply?.type !== "mo" || textOf(apply) !== "\u2061" || !before) return;
  const last = before.type === "mrow" ? before.children.at(-1) : before;
  if (last?.type === "mspace" || (last?.type === "mo" && last.attributes.form !== "postfix")) return;
  node.children.unshift(new before.constructor("mspace"));
  node.children[0].setAttribute("width", "0.1667em");
}

/** Parts a long inline formula after its relations and binary signs, where TeX would break it. */
function allowBreaks(math) {
  let row = math;
  while (row.children?.length === 1) [row] = row.children;
  if (row.type !== "mrow" || textOf(row).length <= LONG) return;
  const parts = [[]];
  const nodes = opened(row.children);
  nodes.forEach((node, index) => {
    parts.at(-1).push(node);
    const breaks = node.type === "mo" && !node.attributes.form && !node.attributes.fence && /^[^\u2061,;!/|]$/u.test(textOf(node));
    if (breaks && parts.at(-1).length > 1 && index < nodes.length - 1) parts.push([]);
  });
  if (parts.length === 1) return;
  math.children = parts.map((part) => new math.constructor("mrow", part));
  math.classes = ["tl-long"];
}

/** Returns the nodes with what is in long parentheses laid open, so that there may be a break within. */
function opened(nodes) {
  return nodes.flatMap((node) => {
    const enclosed = node.type === "mrow" && !node.classes.length && isMo(node.children[0], "prefix");
    return enclosed && textOf(node).length > LONG ? opened(node.children) : [node];
  });
}

const isMo = (node, form) => node?.type === "mo" && node.attributes.form === form && node.attributes.stretchy === "false";

/**
 * In TeX the exponent of `(x + y)^2` stands at the closing parenthesis, whatever is between them. Temml hangs it on the
 * whole group, where a hat inside lifts it.
 */
function scriptOnDelimiter(node) {
  if (!["msup", "msub", "msubsup"].includes(node.type)) return node;
  const [base, ...scripts] = node.children;
  if (base.type !== "mrow" || base.classes.length || !isMo(base.children[0], "prefix") || !isMo(base.children.at(-1), "postfix")) {
    return node;
  }
  node.children = [base.children.at(-1), ...scripts];
  base.children = [...base.children.slice(0, -1), node];
  return base;
}

/** `\bigl|` and `\bigr|` come out alike, and a bar between two letters would be set as a relation: it says which is which. */
function pairBigDelimiters(math) {
  const open = [];
  const walk = (node) => {
    if (node.type === "mo" && node.attributes.minsize && node.attributes.fence) {
      const sign = node.children[0].text;
      if (node.attributes.fence === "false") {
        Object.assign(node.attributes, { lspace: "0em", rspace: "0em" });
      } else if (")]}⟩⌋⌉".includes(sign) || open.at(-1) === sign) {
        open.pop();
        node.setAttribute("form", "postfix");
      } else {
        open.push(sign);
        node.setAttribute("form", "prefix");
      }
    }
    for (const child of node.children ?? []) walk(child);
  };
  walk(math);
}
