// What a reader does: points at values, sorts, leaves out an alternative, copies, chooses light or dark, or has no scripts at all.

import { unfold } from "./layout.mjs";

/** The tip that is shown, with its words, and whether it lies in the window. */
const shownTip = (page) =>
  page.evaluate(() => {
    for (const tip of document.querySelectorAll("[role=tooltip], .tip-words")) {
      const box = tip.getBoundingClientRect();
      const style = getComputedStyle(tip);
      if (box.width === 0 || style.visibility === "hidden" || Number(style.opacity) === 0) continue;
      const root = document.documentElement;
      return { words: tip.textContent.trim(), inside: box.left >= 0 && box.top >= 0 && box.right <= root.clientWidth && box.bottom <= root.clientHeight };
    }
    return null;
  });

/** The tip shows what is read out for the value, whatever the mark-up around it. */
const sameWords = (tip, label) => {
  const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");
  return bare(label).length > 0 && (bare(tip).includes(bare(label)) || bare(label).includes(bare(tip)));
};

export async function tips({ page }) {
  await unfold({ page });
  const found = [];
  const charts = await page.locator("figure:has(svg)").all();
  if (charts.length === 0) found.push("there is no chart");
  for (const chart of charts) {
    const id = await chart.getAttribute("id");
    const say = (words) => found.push(`${id}: ${words}`);
    const state = await chart.evaluate((figure) => {
      const all = [...figure.querySelectorAll("g.tip")].filter((tip) => tip.getBoundingClientRect().width > 0 || tip.getBoundingClientRect().height > 0);
      return { count: all.length, unnamed: all.filter((tip) => !tip.getAttribute("aria-label")).length, stops: all.filter((tip) => tip.tabIndex === 0).length };
    });
    if (state.count === 0) {
      say("no value has a tip");
      continue;
    }
    if (state.unnamed > 0) say(`${state.unnamed} values have no words`);
    if (state.stops !== 1) say(`${state.stops} values are stops of the Tab key, not one`);
    await chart.evaluate((figure) => [...figure.querySelectorAll("g.tip")].find((tip) => tip.tabIndex === 0)?.focus());
    const label = () => page.evaluate(() => (document.activeElement.matches("g.tip") ? document.activeElement.getAttribute("aria-label") : null));
    const matches = async (how) => {
      const [tip, words] = [await shownTip(page), await label()];
      if (!tip) say(`no tip is shown ${how}`);
      else if (!sameWords(tip.words, words ?? "")) say(`the tip says ‘${tip.words}’ ${how}, the value ‘${words}’`);
      else if (!tip.inside) say(`the tip ‘${tip.words}’ leaves the window ${how}`);
    };
    await matches("on focus");
    const first = await label();
    if (state.count > 1) {
      await page.keyboard.press("ArrowRight");
      if ((await label()) === first) say("the right arrow does not move to another value");
      await matches("after the right arrow");
      await page.keyboard.press("ArrowLeft");
      if ((await label()) !== first) say("the left arrow does not move back");
      await page.keyboard.press("End");
      await matches("at the last value");
      const stops = await chart.evaluate((figure) => [...figure.querySelectorAll("g.tip")].filter((tip) => tip.tabIndex === 0 && tip.getBoundingClientRect().width + tip.getBoundingClientRect().height > 0).length);
      if (stops !== 1) say(`${stops} values are stops of the Tab key after moving, not one`);
    }
    await page.keyboard.press("Escape");
    if (await shownTip(page)) say("Escape does not put the tip away");
    await page.evaluate(() => document.activeElement.blur());
    const spot = await chart.evaluate((figure) => {
      for (const tip of figure.querySelectorAll("g.tip")) {
        tip.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const box = tip.getBoundingClientRect();
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        if (tip.contains(document.elementFromPoint(x, y))) return { x, y, words: tip.getAttribute("aria-label") };
      }
      return null;
    });
    if (!spot) {
      say("no value can be pointed at in its middle");
      continue;
    }
    await page.mouse.move(spot.x, spot.y);
    const tip = await shownTip(page);
    if (!tip) say("no tip is shown under the mouse");
    else if (!sameWords(tip.words, spot.words ?? "")) say(`the tip under the mouse says ‘${tip.words}’, the value ‘${spot.words}’`);
    else if (!tip.inside) say(`the tip ‘${tip.words}’ under the mouse leaves the window`);
    if (tip && chart === charts[0]) {
      const middle = await page.evaluate(() => {
        const box = document.querySelector(".tip-words").getBoundingClientRect();
        return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
      });
      await page.mouse.move(middle.x, middle.y);
      await page.waitForTimeout(400);
      if ((await shownTip(page))?.words !== tip.words) say("the tip goes when the mouse moves onto it");
    }
    await page.mouse.move(0, 0);
    const gone = page.waitForFunction(() => [...document.querySelectorAll(".tip-words")].every((one) => one.getClientRects().length === 0), null, { timeout: 2000 });
    await gone.catch(() => say("the tip stays when the mouse is gone"));
  }
  return found;
}

/** Every heading that sorts, both ways: numbers by size, what has none last, no row lost. */
export async function sorting({ page }) {
  return page.evaluate(() => {
    const found = [];
    const order = new Intl.Collator("en", { numeric: true }).compare;
    const rowsOf = (table) => [...table.tBodies[0].rows];
    // The number of a cell is its `data-value`, or what it says where that is a number and nothing else.
    const read = (row, at) => {
      const { dataset, textContent } = row.cells[at];
      const number = Number(dataset.value ?? textContent.trim().replaceAll(",", "").replace("\u2212", "-"));
      return (dataset.value ?? textContent.trim()) === "" || Number.isNaN(number) ? null : number;
    };
    let numeric = 0;
    for (const table of document.querySelectorAll("table:has(th button)")) {
      const caption = (table.caption?.textContent ?? "a table").trim().slice(0, 40);
      const before = rowsOf(table);
      for (const head of table.tHead.rows[table.tHead.rows.length - 1].cells) {
        const button = head.querySelector("button");
        if (!button) continue;
        const at = head.cellIndex;
        const where = `${caption}, column ${button.textContent.trim()}`;
        const isNumeric = before.some((row) => row.cells[at].dataset.value !== undefined) || before.every((row) => read(row, at) !== null || row.cells[at].textContent.trim() === "");
        for (const direction of ["ascending", "descending"]) {
          button.click();
          const sign = direction === "ascending" ? 1 : -1;
          const heads = [...table.tHead.querySelectorAll("[aria-sort]")];
          if (heads.length !== 1 || heads[0] !== head || head.getAttribute("aria-sort") !== direction) found.push(`${where}: is not said to be sorted ${direction}`);
          const rows = rowsOf(table);
          if (rows.length !== before.length || new Set(rows).size !== before.length) found.push(`${where}: rows are lost by sorting`);
          const values = rows.map((row) => read(row, at));
          if (isNumeric) {
            numeric++;
            const known = values.filter((value) => value !== null);
            if (known.some((value, i) => i > 0 && sign * (value - known[i - 1]) < 0)) found.push(`${where}: is not ${direction} by number: ${known.slice(0, 6).join(", ")}`);
            const empty = rows.map((row) => ["", "–"].includes(row.cells[at].textContent.trim()));
            if (empty.some((is, i) => i > 0 && !is && empty[i - 1])) found.push(`${where}: rows without a value are not last when ${direction}`);
          } else {
            // What says nothing stands last either way.
            const words = rows.map((row) => row.cells[at].textContent.trim()).filter((word) => word !== "" && word !== "–");
            if (words.some((word, i) => i > 0 && sign * order(word, words[i - 1]) < 0)) found.push(`${where}: is not ${direction} by words`);
          }
        }
      }
    }
    if (numeric === 0) found.push("no table can be sorted by number");
    return [...new Set(found)];
  });
}

/** What tells of one alternative has its number in `data-of`. Of a single alternative there is nothing to pick. */
export async function picking({ page }) {
  const boxes = await page.locator(".pick input[type=checkbox]").all();
  const named = await page.evaluate(() => new Set([...document.querySelectorAll("[data-of]")].map((part) => part.dataset.of)).size);
  if (boxes.length === 0) return named > 1 ? ["several alternatives and nothing to pick them by"] : [];
  const found = [];
  await unfold({ page });
  const shown = async () =>
    new Map(
      await page.evaluate(() => {
        const count = new Map();
        for (const part of document.querySelectorAll("[data-of]")) {
          count.set(part.dataset.of, (count.get(part.dataset.of) ?? 0) + (part.getClientRects().length > 0 ? 1 : 0));
        }
        return [...count];
      }),
    );
  const before = await shown();
  for (const box of [boxes[0], boxes[boxes.length - 1]]) {
    const name = await box.inputValue();
    if (!before.get(name)) found.push(`nothing is of the alternative ${name}`);
    await box.uncheck();
    const without = await shown();
    await box.check();
    const again = await shown();
    for (const [other, count] of before) {
      if (other === name && without.get(other) > 0) found.push(`${without.get(other)} rows of ${name} stay when it is unticked`);
      if (other !== name && without.get(other) !== count) found.push(`rows of ${other} go with those of ${name}`);
      if (again.get(other) !== count) found.push(`rows of ${other} do not come back with ${name}`);
    }
  }
  return found;
}

/** What is said to be copied is on the clipboard, by whichever way the browser leaves open; and what is not is not said to be. */
export async function copying({ page, context }) {
  const found = [];
  const citation = await page.locator("#copy").getAttribute("data-text");
  const bare = (text) => text.replace(/\s+/g, " ").trim();
  if (!citation) return ["there is no citation to copy"];
  if (!bare(await page.locator("section:has(#copy)").innerText()).includes(bare(citation))) found.push("what is copied is not what is shown");
  if ((await page.locator("#copied").getAttribute("role")) !== "status") found.push("what is said after copying is no status");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const press = async (how, deny) => {
    await page.evaluate(() => (document.getElementById("copied").textContent = ""));
    await page.evaluate(() => Clipboard.prototype.writeText.call(navigator.clipboard, "nothing yet"));
    await page.evaluate(deny);
    await page.locator("#copy").click();
    const said = await page
      .waitForFunction(() => document.getElementById("copied").textContent.trim(), null, { timeout: 5000 })
      .then((handle) => handle.jsonValue())
      .catch(() => "");
    if (!said) found.push(`after copying nothing is said${how}`);
    const taken = (await page.evaluate(() => window.rafahRead())) === citation;
    return { said, taken, claimed: /^copied/i.test(said) };
  };
  const plain = await press("", () => {
    const clipboard = navigator.clipboard;
    window.rafahRead = () => clipboard.readText();
  });
  if (!plain.taken) found.push("the clipboard does not hold the citation");
  const denied = await press(" where the clipboard is denied", () => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
  });
  if (denied.claimed !== denied.taken) found.push(`‘${denied.said}’ is said where the clipboard is denied and the citation is ${denied.taken ? "" : "not "}copied`);
  const neither = await press(" where nothing can be copied", () => {
    document.execCommand = () => false;
  });
  if (neither.claimed) found.push(`‘${neither.said}’ is said where nothing can be copied`);
  return found;
}

/** How light the page is, from 0 to 255. */
const lightness = (page) =>
  page.evaluate(() => {
    const seen = [document.body, document.documentElement].map((one) => getComputedStyle(one).backgroundColor).find((css) => css !== "rgba(0, 0, 0, 0)");
    const [r, g, b] = (seen ?? "rgb(255, 255, 255)").match(/[\d.]+/g).map(Number);
    return (r + g + b) / 3;
  });

export async function themes({ page, theme }) {
  const found = [];
  const wanted = (light, dark) => (theme === "dark" ? dark : light);
  const asked = await lightness(page);
  if (wanted(asked < 200, asked > 60)) found.push(`the page is not ${theme} where the reader's system is`);
  const button = page.locator("#colours");
  if ((await button.count()) === 0) return [...found, "there is no button #colours"];
  await button.click();
  const turned = await lightness(page);
  if (wanted(turned > 60, turned < 200)) found.push("the button does not change light and dark");
  await page.emulateMedia({ media: "print" });
  const printed = await lightness(page);
  if (printed < 250) found.push("in print the paper is not white when dark is chosen");
  await page.emulateMedia({ media: "screen" });
  await button.click();
  if ((await lightness(page)) !== asked) found.push("the button does not lead back");
  return found;
}

/** Opened with scripts off: all that is said and drawn is there, and nothing that would do nothing. */
export async function withoutScripts({ page }) {
  return page.evaluate(() => {
    const found = [];
    const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
    const folded = (one) => one.closest("details:not([open])") !== null;
    const tables = [...document.querySelectorAll("table")];
    const charts = [...document.querySelectorAll("figure")];
    if (tables.length === 0) found.push("there is no table");
    if (charts.length === 0) found.push("there is no chart");
    for (const table of tables) {
      if (!folded(table) && !seen(table)) found.push(`a table is not shown: ${table.caption?.textContent.slice(0, 40)}`);
      for (const row of table.rows) {
        if (!folded(row) && !seen(row)) found.push(`a row is not shown: ${row.textContent.trim().slice(0, 40)}`);
      }
    }
    for (const chart of charts) {
      if (![...chart.querySelectorAll("svg")].some((svg) => svg.getBoundingClientRect().height > 50)) found.push(`a chart is not shown: ${chart.id}`);
    }
    for (const one of document.querySelectorAll(".pick, #colours, #copy, th button")) {
      if (seen(one)) found.push(`shown though it does nothing: ${one.cloneNode().outerHTML}`);
    }
    return found;
  });
}
