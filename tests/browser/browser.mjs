// A Chromium without a profile or network, and pages that are listened to from their first byte.

import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** The first Chromium on the path; the variable CHROMIUM names another. */
function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error("no Chromium on the path: install the package chromium, or name a program in the variable CHROMIUM");
}

export function launch() {
  return chromium.launch({
    executablePath: executable(),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens a file as a reader does who has been sent it. What the page says on the console and asks of the network is in `heard`.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {{width?: number, theme?: "light" | "dark", scripts?: boolean, edit?: (html: string) => string, before?: string}} how
 *   `edit` breaks the text of the page on purpose, `before` is run before the page's own scripts.
 */
export async function open(browser, file, how = {}) {
  const { width = 800, theme = "light", scripts = true, edit, before } = how;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const written = readFileSync(file, "utf8");
  const html = edit ? edit(written) : written;
  if (edit && html === written) throw new Error(`the page has nothing that ${edit} would break`);
  const heard = { console: [], network: [] };
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) heard.console.push(`${said.type()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => heard.console.push(`uncaught: ${error.message}`));
  page.on("websocket", (socket) => heard.network.push(socket.url()));
  await page.route("**/*", async (route) => {
    const url = route.request().url();
    if (url === address && route.request().isNavigationRequest()) {
      return edit ? route.fulfill({ contentType: "text/html; charset=utf-8", body: html }) : route.continue();
    }
    heard.network.push(url.slice(0, 200));
    return route.abort();
  });
  if (before) await page.addInitScript(before);
  await page.goto(address, { waitUntil: "load" });
  return { page, context, heard, bytes: Buffer.byteLength(html), theme, close: () => context.close() };
}
