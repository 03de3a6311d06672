// On paper: A4 pages as Chromium prints them, read back with poppler.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MOST_PAGES = 90;
// What the margins of the page's style leave of A4 (16 mm at the sides, 18 mm above and below), in CSS pixels.
const [WIDTH, HEIGHT] = [210 - 32, 297 - 36].map((mm) => Math.floor((mm * 96) / 25.4));

function poppler(program, args) {
  try {
    return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error(`${program} is not there: install the package poppler-utils`);
    throw error;
  }
}

/** Marks where figures begin and end, heads of tables and their last rows, and what is folded, by words that only the text of the PDF shows. */
const mark = (page) =>
  page.evaluate(() => {
    const put = (into, word, style) => {
      const mark = document.createElement("span");
      mark.textContent = word;
      mark.style.cssText = `font-size:1px;line-height:1;color:#fff;white-space:nowrap;${style}`;
      into.append(mark);
    };
    const figures = [...document.querySelectorAll("figure")].filter((figure) => figure.querySelector("svg"));
    figures.forEach((figure, i) => {
      figure.style.position = "relative";
      put(figure, `FIGURETOP${i}X`, "position:absolute;left:0;top:0");
      put(figure, `FIGUREEND${i}X`, "position:absolute;left:0;bottom:0");
      const summary = figure.closest("details")?.querySelector("summary");
      if (summary) put(summary, `FOLD${i}X`, "position:absolute");
    });
    const tables = [...document.querySelectorAll("table")].filter((table) => table.tHead && table.getClientRects().length > 0);
    tables.forEach((table, i) => {
      const head = table.tHead.rows[0].cells[0];
      put(head.querySelector("button") ?? head, `HEAD${i}X`, "");
      const rows = table.tBodies[0].rows;
      put(rows[rows.length - 1].cells[0], `ROW${i}X`, "");
    });
    return { figures: figures.map((figure) => figure.id), tables: tables.map((table) => table.caption?.textContent.trim().slice(0, 40)) };
  });

/** @param {string} [shots] the beginning of the names of files into which pages are drawn for looking */
export async function printing({ page }, shots) {
  const found = [];
  const title = (await page.locator("h1").first().textContent()).trim();
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  await page.emulateMedia({ media: "print" });
  found.push(
    ...(await page.evaluate(
      ([width, height]) => {
        const found = [];
        const root = document.scrollingElement;
        if (root.scrollWidth > width) found.push(`what is printed is ${root.scrollWidth} px wide, the page ${width}`);
        for (const one of document.querySelectorAll("table, figure, svg, pre")) {
          const box = one.getBoundingClientRect();
          if (box.width === 0) continue;
          const what = `${one.tagName.toLowerCase()} ‘${(one.id || one.closest("figure")?.id || one.textContent.trim()).slice(0, 40)}’`;
          if (box.right > width + 1) found.push(`${what} goes ${Math.round(box.right - width)} px beyond the right of the page`);
          if (one.tagName === "FIGURE" && box.height > height) found.push(`${what} is ${Math.round(box.height)} px high, a page ${height}`);
          for (let scroll = one; scroll; scroll = scroll.parentElement) {
            if (["auto", "scroll", "hidden"].includes(getComputedStyle(scroll).overflowX) && scroll.scrollWidth > scroll.clientWidth + 1 && scroll !== root) found.push(`${what} is cut by a box that scrolls`);
          }
        }
        for (const row of document.querySelectorAll("tr")) {
          if (row.getClientRects().length > 0 && getComputedStyle(row).breakInside !== "avoid") {
            found.push("rows of tables can be cut between pages");
            break;
          }
        }
        return found;
      },
      [WIDTH, HEIGHT],
    )),
  );
  const { figures, tables } = await mark(page);
  const folder = mkdtempSync(join(tmpdir(), "rafah-print-"));
  try {
    const file = join(folder, "report.pdf");
    writeFileSync(file, await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: true, tagged: true }));
    const pages = poppler("pdftotext", ["-layout", file, "-"]).split("\f").slice(0, -1);
    if (pages.length < 2 || pages.length > MOST_PAGES) found.push(`${pages.length} pages, not 2 to ${MOST_PAGES}`);
    const bare = (text) => text.replace(/\s+/g, "");
    if (!bare(pages[0] ?? "").slice(0, title.length + 40).includes(bare(title))) found.push(`the first page does not begin with the title but with ‘${(pages[0] ?? "").trim().slice(0, 40)}’`);
    if (figures.length === 0) found.push("there is no figure in print");
    figures.forEach((id, i) => {
      const [top, end] = ["TOP", "END"].map((which) => pages.findIndex((text) => text.includes(`FIGURE${which}${i}X`)));
      if (top < 0 || end < 0) found.push(`the figure ${id} is not printed`);
      else if (top !== end) found.push(`the figure ${id} is cut: it begins on page ${top + 1} and ends on page ${end + 1}`);
    });
    figures.forEach((id, i) => {
      const [fold, top] = ["FOLD", "FIGURETOP"].map((which) => pages.findIndex((text) => text.includes(`${which}${i}X`)));
      if (fold >= 0 && fold !== top) found.push(`the words above the figure ${id} are on page ${fold + 1}, it is on page ${top + 1}`);
    });
    tables.forEach((caption, i) => {
      const row = pages.find((text) => text.includes(`ROW${i}X`));
      if (!row) found.push(`the table ‘${caption}’ is not printed`);
      else if (!row.includes(`HEAD${i}X`)) found.push(`the table ‘${caption}’ goes on to a page without its head`);
    });
    pages.forEach((text, i) => {
      if (bare(text.replace(/(FIGURETOP|FIGUREEND|FOLD|HEAD|ROW)\d+X/g, "")).length < 20) found.push(`page ${i + 1} is empty`);
    });
    if (shots) poppler("pdftoppm", ["-r", "75", "-png", file, `${shots}-page`]);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
