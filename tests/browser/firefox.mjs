/**
 * What a reader does, in Firefox, driven over WebDriver BiDi: `node firefox.mjs '{"executable", "url", "byteByByte", "paths"}'`.
 *
 * Prints JSON: `done`, for each flow an empty text or what went wrong in it, and `said`, everything that Firefox wrote
 * to its console meanwhile (refused loads, invalid MathML and errors of scripts among it), by the flow. Playwright
 * drives a Firefox of its own making alone, and this is to be the one that readers have.
 */
import puppeteer from "puppeteer-core";

const { executable, url, byteByByte, paths } = JSON.parse(process.argv[2]);
const done = {};
const said = {};

/** Waits until something holds on the page, and says what it was if it never does. */
async function until(page, what, holds, ...values) {
  await page.waitForFunction(holds, { timeout: 20_000 }, ...values).catch(() => {
    throw new Error(`never: ${what}`);
  });
}

/** Waits for a page with all that its scripts bring: Firefox tells of one that was still coming when the page was left. */
const ready = (page, path = "") =>
  until(page, `ready at ${path}`, (end) =>
    document.documentElement.dataset.ready?.endsWith(end) &&
    [...document.querySelectorAll("[data-island]:not([data-near])")].every((island) => "ready" in island.dataset), path);

/** Waits for what those scripts fetch in turn. */
const calm = (page) => page.waitForNetworkIdle({ idleTime: 300, timeout: 10_000 }).catch(() => undefined);

/**
 * Firefox lays out a page while it arrives, and calls a formula of which it has only the beginning invalid. So what it
 * says of formulas counts when it lays out a page that is whole.
 */
let whole = false;
async function layOutAgain(page) {
  whole = true;
  await page.evaluate(() => {
    for (const display of ["none", ""]) {
      document.body.style.display = display;
      document.body.getBoundingClientRect();
    }
  });
  await calm(page);
  whole = false;
}

/** What was written to the console: an error by its words and its place, which its handle alone does not tell. */
async function inWords(page, message) {
  const errors = await Promise.allSettled(
    message.args().map((each) => each.evaluate((value) => (value instanceof Error ? `${value}\n${value.stack}` : ""))),
  );
  const places = message.stackTrace().map((place) => `${place.url}:${place.lineNumber}:${place.columnNumber}`);
  return [page.url(), message.text(), ...places, ...errors.map(({ value }) => value ?? "")].join("\n");
}

const flows = {
  async reading(page) {
    await page.goto(url + paths.chapter);
    await ready(page, paths.chapter);
    await page.focus(".tl-answers > summary");
    await page.keyboard.press("Enter");
    await until(page, "the answer is open", () => document.querySelector(".tl-answer--short .tl-answer__body").checkVisibility());
    await page.evaluate(() => (window.kept = true));
    await page.evaluate(() => document.querySelector("nav[aria-label=Sections] a[href$='rounds/']").click());
    await ready(page, "/rounds/");
    await until(page, "the page was swapped and not loaded", () => window.kept && !document.querySelector(".tl-answer"));
    await page.goBack();
    await ready(page, paths.chapter);
  },

  async searching(page) {
    await page.goto(url);
    await ready(page);
    await page.keyboard.press("/");
    await page.keyboard.type("regularization");
    await until(page, "there is a result", () => document.querySelector("ol[aria-label=Results] a[href]"));
    await page.keyboard.press("ArrowDown");
    const target = await page.evaluate(() => document.activeElement.href);
    await page.keyboard.press("Enter");
    await until(page, "the result is shown", (href) => location.href === href && !document.querySelector("dialog[open]"), target);
    await ready(page);
  },

  async planning(page) {
    const ticked = () => document.querySelector(".tl-plan-weeks .tl-session input[type=checkbox]")?.checked;
    await page.goto(`${url}plan/`);
    await until(page, "there is a plan", () => document.querySelector(".tl-plan"));
    const before = await page.evaluate(() => document.querySelector(".tl-plan-head").innerText);
    // As the field of a date is filled in by its picker.
    await page.evaluate(() => {
      const field = document.querySelector(".tl-plan-form input[type=date]");
      const day = new Date(Date.now() + 15 * 86_400_000).toISOString().slice(0, 10);
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, day);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await until(page, "the plan follows the date", (old) => document.querySelector(".tl-plan-head").innerText !== old, before);
    await page.evaluate(() => document.querySelector(".tl-plan-weeks .tl-session input[type=checkbox]").click());
    await until(page, "the session is ticked", ticked);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await calm(page);
    await page.reload();
    await until(page, "the tick is kept", ticked);
  },

  async exploring(page) {
    const said = () => document.querySelector(".tl-explore__reading").textContent;
    const alive = () => {
      document.querySelector(".tl-explore").scrollIntoView();
      return document.querySelector(".tl-explore__controls :enabled");
    };
    await page.goto(url + paths.figure);
    await ready(page, paths.figure);
    await until(page, "the figure is alive", alive);
    const before = await page.evaluate(said);
    await page.focus(".tl-explore__controls input");
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
    const after = await page.evaluate(said);
    if (after === before) throw new Error("the figure did not answer");
    await until(page, "the answer is said", (text) => document.querySelector("[data-announce]").textContent === text, after);
    await until(page, "the address holds the state", () => /^\?[\w-]+=\w+:[\d.]+$/.test(location.search));
    await calm(page);
    await page.reload();
    await until(page, "the figure is alive again", alive);
    if ((await page.evaluate(said)) !== after) throw new Error("the address does not restore the state");
  },

  async printing(page) {
    await page.goto(url + paths.chapter);
    await ready(page, paths.chapter);
    const paper = Buffer.from(await page.pdf()).toString("latin1");
    if (!paper.startsWith("%PDF") || paper.length < 20_000) throw new Error("the chapter is not on the paper");
    // What the rules for paper do, seen on the screen.
    await page.evaluate(() => {
      for (const sheet of document.styleSheets)
        for (const rule of sheet.cssRules) if (rule instanceof CSSMediaRule && rule.media.mediaText === "print") rule.media.mediaText = "all";
    });
    await until(page, "paper shows the answers", () => document.querySelector(".tl-answer--full .tl-answer__body").checkVisibility({ contentVisibilityAuto: false }));
    await until(page, "paper leaves out the controls", () =>
      [".tl-header", ".tl-nav", ".tl-toc", ".tl-dock", ".tl-pager"].every((each) => !document.querySelector(each)?.checkVisibility()));
  },

  async keeping(page) {
    // What is kept is compared with its hash, so this server changes nothing of it.
    await page.goto(`${byteByByte}practice/offline/`);
    const button = () => [...document.querySelectorAll(".tl-keep button")].find((each) => each.textContent.startsWith("Keep this guide"));
    await until(page, "the guide is offered", button);
    await page.evaluate(() => document.querySelector(".tl-keep .tl-button--main").click());
    await page
      .waitForFunction(() => document.querySelector(".tl-keep").textContent.includes("is kept on this device"), { timeout: 180_000 })
      .catch(() => { throw new Error("never: the guide is kept"); });
    await page.setOfflineMode(true);
    await page.goto(byteByByte + paths.chapter);
    await ready(page, paths.chapter);
    await page.goto(`${byteByByte}plan/`);
    await until(page, "there is a plan", () => document.querySelector(".tl-plan .tl-session"));
    await page.setOfflineMode(false);
  },

  async "every kind"(page) {
    for (const path of Object.values(paths)) {
      await page.goto(url + path);
      await ready(page);
      await calm(page);
      await layOutAgain(page);
    }
  },
};

const browser = await puppeteer.launch({ browser: "firefox", executablePath: executable, headless: true });
try {
  for (const [name, flow] of Object.entries(flows)) {
    const profile = await browser.createBrowserContext();
    const page = await profile.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    said[name] = [];
    const told = [];
    page.on("console", (message) => told.push(inWords(page, message).then((words) => said[name].push(words))));
    page.on("pageerror", (error) => {
      if (whole || !error.message.startsWith("Invalid markup")) said[name].push([page.url(), error.stack].join("\n"));
    });
    done[name] = await flow(page).then(
      () => "",
      (error) => String(error.message),
    );
    await calm(page);
    await Promise.all(told);
    await profile.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify({ done, said }));
