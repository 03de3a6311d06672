// Opens reports in Chromium and checks what a reader would meet: on a telephone, a laptop and a wide screen, in light and dark, with keyboard, mouse or
// neither, without scripts, and on paper.
//
//   node check.mjs [--shots FOLDER] REPORT.html...     checks each; --shots keeps pictures of screens and of printed pages for looking
//   node check.mjs --self-test REPORT.html             breaks a report of several alternatives in every way that is checked, and proves that each is found

import { mkdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { axe, skipLink, tabbing } from "./access.mjs";
import { BREAKAGES } from "./breakages.mjs";
import { launch, open } from "./browser.mjs";
import { chartContrast, chartWords, names, noOverflow, unfold } from "./layout.mjs";
import { printing } from "./print.mjs";
import { copying, picking, sorting, themes, tips, withoutScripts } from "./use.mjs";

const WIDTHS = [360, 800, 1600];
const THEMES = ["light", "dark"];
const LARGEST = 3_000_000;

const quiet = ({ heard }) => heard.console;
const offline = ({ heard }) => heard.network.map((url) => `the page asks for ${url}`);
const small = ({ bytes }) => (bytes < LARGEST ? [] : [`${bytes} bytes, more than ${LARGEST}`]);
const unfolded = (check) => async (opened) => {
  await unfold(opened);
  return check(opened);
};

/** Each check, and at which widths and in which themes it is made. A page is opened anew for `alone`; without scripts for `bare`. */
const CHECKS = [
  { name: "size", run: small, widths: [800], themes: ["light"] },
  { name: "overflow", run: noOverflow },
  { name: "overflow-unfolded", run: unfolded(noOverflow) },
  { name: "chart-words", run: unfolded(chartWords) },
  { name: "chart-contrast", run: unfolded(chartContrast), widths: [800] },
  { name: "names", run: names, widths: [800], themes: ["light"] },
  { name: "axe", run: unfolded(axe) },
  { name: "skip-link", run: skipLink, widths: [800], alone: true },
  { name: "tabbing", run: tabbing, widths: [800], themes: ["light"], alone: true },
  { name: "tips", run: tips, widths: [360, 800], themes: ["light"], alone: true },
  { name: "sorting", run: sorting, widths: [800], themes: ["light"], alone: true },
  { name: "picking", run: picking, widths: [800], themes: ["light"], alone: true },
  { name: "copying", run: copying, widths: [800], themes: ["light"], alone: true },
  { name: "themes", run: themes, widths: [800], alone: true },
  { name: "without-scripts", run: withoutScripts, widths: [800], themes: ["light"], alone: true, bare: true },
  { name: "printing", run: printing, widths: [800], alone: true },
];
/** Made last on every page that was opened, whatever was done there. */
const LISTENED = [
  { name: "console", run: quiet },
  { name: "network", run: offline },
];

const at = ({ widths = WIDTHS, themes: shades = THEMES }, width, theme) => widths.includes(width) && shades.includes(theme);

/** Runs checks on one opening of a page; what goes wrong within a check is a finding of it. */
async function runOn(browser, file, how, checks, shots) {
  const results = [];
  const opened = await open(browser, file, how);
  // What a page asks for may be heard a moment later.
  if (checks.length === 0) await opened.page.waitForTimeout(300);
  for (const { name, run } of [...checks, ...LISTENED]) {
    const found = await Promise.resolve(run(opened, shots)).catch((error) => [`could not be checked: ${error.message.split("\n")[0]}`]);
    results.push({ name, where: `${how.width} px, ${how.theme}`, found });
  }
  await opened.close();
  return results;
}

async function checkReport(browser, file, folder) {
  const label = basename(dirname(file));
  const results = [];
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      const how = { width, theme };
      const shot = folder && join(folder, `${label}-${width}-${theme}`);
      if (shot) {
        const opened = await open(browser, file, how);
        await opened.page.screenshot({ path: `${shot}.png`, fullPage: true });
        await opened.close();
      }
      const due = CHECKS.filter((check) => at(check, width, theme));
      results.push(...(await runOn(browser, file, how, due.filter((check) => !check.alone))));
      for (const check of due.filter(({ alone }) => alone)) {
        results.push(...(await runOn(browser, file, { ...how, scripts: !check.bare }, [check], shot)));
      }
    }
  }
  return results;
}

/** A check that cannot fail is none: each breakage has to be found by the check that it names, which finds nothing on the sound page. */
async function selfTest(browser, file) {
  const byName = new Map([...CHECKS, ...LISTENED].map((check) => [check.name, check]));
  const untested = [...byName.keys()].filter((name) => !BREAKAGES.some((one) => one.check === name));
  const results = untested.map((name) => ({ name, where: "self-test", found: ["no breakage proves that it can fail"] }));
  for (const { check: name, says, told, width = 800, theme = "light", edit, before } of BREAKAGES) {
    const check = byName.get(name);
    const how = { width, theme, edit, before, scripts: !check.bare };
    const made = await runOn(browser, file, how, LISTENED.includes(check) ? [] : [check]);
    const found = made.find((result) => result.name === name).found;
    const seen = found.find((finding) => told.test(finding));
    results.push({ name, where: says, found: seen ? [] : [`is not found, but: ${found.join("; ") || "nothing"}`], told: seen });
  }
  return results;
}

function tell(title, results, verbose) {
  console.log(`\n${title}`);
  const told = new Map();
  for (const { name, where, found, told: seen } of results) {
    if (verbose && found.length === 0) console.log(`  ok    ${name}: ${where} (${seen})`);
    for (const finding of found) {
      const line = `${name}: ${finding}`;
      told.set(line, [...(told.get(line) ?? []), where]);
    }
  }
  for (const [line, where] of told) console.log(`  FAIL  ${line} [${[...new Set(where)].join("; ")}]`);
  if (told.size === 0) console.log(`  ${results.length} checks, nothing found`);
}

const { values: options, positionals } = parseArgs({
  options: { "self-test": { type: "boolean" }, shots: { type: "string" } },
  allowPositionals: true,
});
const files = positionals.map((file) => resolve(file));
if (files.length === 0) {
  console.error("check.mjs: expected reports, as in `node check.mjs output/baseline-2026/report.html`");
  process.exit(64);
}
if (options.shots) mkdirSync(options.shots, { recursive: true });
const browser = await launch();
const all = [];
for (const file of files) {
  const results = await (options["self-test"] ? selfTest(browser, file) : checkReport(browser, file, options.shots));
  tell(options["self-test"] ? `${file}, broken on purpose in ${BREAKAGES.length} ways` : file, results, options["self-test"]);
  all.push(...results);
}
await browser.close();
const failed = all.filter(({ found }) => found.length > 0).length;
console.log(`\n${all.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
