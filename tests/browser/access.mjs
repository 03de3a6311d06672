// Whether the page can be used without eyes and without a mouse.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Rows of a table and values of a chart are alike: the first dozen of each are judged, as thousands would take minutes. Comes last, since it cuts the others off.
 */
export async function axe({ page }) {
  await page.evaluate(() => {
    for (const box of document.querySelectorAll("tbody, figure svg")) {
      [...box.querySelectorAll(":scope > tr, :scope > .tip")].slice(12).forEach((one) => one.remove());
    }
  });
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => ({ id, help, count: nodes.length, first: nodes[0].target.flat().join(" "), why: nodes[0].failureSummary.split("\n").slice(1, 3).join(" ").trim() }));
  }, TAGS);
  return violations.map(({ id, help, count, first, why }) => `${id} (${help}): ${count} places, first ${first}: ${why}`);
}

/** What has the focus: what it is, whether that is seen, and where. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect();
    window.rafahSeen ??= new Map();
    const again = window.rafahSeen.has(one);
    if (!again) window.rafahSeen.set(one, window.rafahSeen.size);
    return {
      at: window.rafahSeen.get(one),
      again,
      is: one.matches("a.skip") ? "skip" : one.matches("th button") ? "sort" : one.matches("g.tip") ? "tip" : one.tagName.toLowerCase(),
      html: one.cloneNode().outerHTML.slice(0, 90),
      // A value of a chart may have a ring of its own.
      seen: [one, ...one.querySelectorAll("rect")].some((part) => {
        const style = getComputedStyle(part);
        const [ring, width] = part.matches("g.tip rect") ? [style.stroke, style.strokeWidth] : [style.outlineStyle, style.outlineWidth];
        return ring !== "none" && parseFloat(width) > 0;
      }),
      inWindow: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight && box.width > 0,
    };
  });

export async function skipLink({ page }) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Tab");
  const first = await focused(page);
  if (first?.is !== "skip") return [`the first stop of the Tab key is ${first?.html ?? "nothing"}, not the skip link`];
  const found = [];
  if (!first.inWindow) found.push("the skip link is not seen when it has the focus");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const beyond = await page.evaluate(() => {
    const target = document.querySelector(document.querySelector("a.skip").getAttribute("href"));
    const one = document.activeElement;
    return target !== null && one !== document.body && (target.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  if (!beyond) found.push("after the skip link the Tab key does not go on behind what it leads to");
  return found;
}

/** The Tab key goes through the page and out of it, everything it stops at is seen to have the focus, and buttons and values are among it. */
export async function tabbing({ page }) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
  });
  const found = [];
  const stops = {};
  const figures = new Set();
  for (let presses = 0; ; presses++) {
    await page.keyboard.press("Tab");
    const one = await focused(page);
    if (!one || (one.again && one.at === 0 && presses > 0)) break;
    if (one.again || presses > 2000) {
      found.push(`the Tab key does not leave ${one.html}`);
      break;
    }
    stops[one.is] = (stops[one.is] ?? 0) + 1;
    if (one.is === "tip") figures.add(await page.evaluate(() => document.activeElement.closest("figure").id));
    if (!one.seen) found.push(`${one.html} is not seen to have the focus`);
    if (!one.inWindow) found.push(`${one.html} has the focus outside the window`);
  }
  const expected = await page.evaluate(() => ({
    sort: [...document.querySelectorAll("th button")].filter((button) => !button.closest("details:not([open])")).length,
    charts: [...document.querySelectorAll("figure")].filter((figure) => figure.querySelector("svg") && !figure.closest("details:not([open])")).map((figure) => figure.id),
  }));
  if (!stops.sort || stops.sort < expected.sort) found.push(`the Tab key stops at ${stops.sort ?? 0} of ${expected.sort} headings that sort`);
  if (expected.charts.length === 0) found.push("there is no chart");
  for (const id of expected.charts) {
    if (!figures.has(id)) found.push(`the Tab key stops at no value of the chart ${id}`);
  }
  return [...new Set(found)];
}
