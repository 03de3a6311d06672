// What is seen: nothing wider than its place, no words over words, words that can be read.

/** Opens everything that can be unfolded: what lies in it has to fit as well. */
export async function unfold({ page }) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}

export async function noOverflow({ page }) {
  return page.evaluate(() => {
    const found = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > root.clientWidth) {
      const beyond = [...document.body.querySelectorAll("*")]
        .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest("svg *"))
        .filter((one) => {
          for (let box = one.parentElement; box; box = box.parentElement) {
            if (box !== document.body && box !== root && getComputedStyle(box).overflowX !== "visible") return false;
          }
          return true;
        })
        .map((one) => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ""}.${one.getAttribute("class") ?? ""}`);
      found.push(`the document is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px: ${beyond.slice(-3).join(", ")}`);
    }
    for (const figure of document.querySelectorAll("figure")) {
      if (figure.scrollWidth > figure.clientWidth + 1) {
        found.push(`figure#${figure.id} holds ${figure.scrollWidth} px in ${figure.clientWidth} px`);
      }
    }
    // A box that scrolls sideways has to take the keyboard, or what is right in it stays out of reach.
    for (const box of document.querySelectorAll("body *")) {
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1;
      if (scrolls && box.tabIndex < 0) found.push(`a box that scrolls sideways cannot be reached by the keyboard: ${box.outerHTML.slice(0, 80)}`);
    }
    return found;
  });
}

/** The words of a chart, as they lie on the page: none over others, none out of the picture, none too small to read. */
export async function chartWords({ page }) {
  return page.evaluate(() => {
    const LEAST = 8.5; // px: 7 pt, the least of print, is 9.3 px
    const found = [];
    const charts = [...document.querySelectorAll("figure svg")].filter((svg) => svg.getBoundingClientRect().width > 0);
    if (charts.length === 0) found.push("there is no chart");
    for (const svg of charts) {
      const name = svg.closest("figure").id || svg.querySelector("title")?.textContent.slice(0, 40);
      const frame = svg.getBoundingClientRect();
      const texts = [];
      let smallest;
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBBox();
        const matrix = text.getScreenCTM();
        if (!matrix || box.width === 0 || getComputedStyle(text).visibility === "hidden") continue;
        // The box of a font is higher than its letters: half a leading above and below is left out.
        const shrink = box.height * 0.18;
        const corners = [
          [box.x, box.y + shrink],
          [box.x + box.width, box.y + box.height - shrink],
          [box.x, box.y + box.height - shrink],
          [box.x + box.width, box.y + shrink],
        ].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
        const xs = corners.map((corner) => corner.x);
        const ys = corners.map((corner) => corner.y);
        const seen = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys), words: text.textContent.trim() };
        const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
        if (size < LEAST && size < (smallest?.size ?? LEAST)) smallest = { size, words: seen.words };
        if (seen.left < frame.left - 1 || seen.right > frame.right + 1 || seen.top < frame.top - 1 || seen.bottom > frame.bottom + 1) {
          found.push(`${name}: ‘${seen.words}’ spills out of its picture`);
        }
        for (const other of texts) {
          const across = Math.min(seen.right, other.right) - Math.max(seen.left, other.left);
          const down = Math.min(seen.bottom, other.bottom) - Math.max(seen.top, other.top);
          if (across > 0.75 && down > 0.75) found.push(`${name}: ‘${seen.words}’ lies over ‘${other.words}’`);
        }
        texts.push(seen);
      }
      if (smallest) found.push(`${name}: ‘${smallest.words}’ is ${smallest.size.toFixed(1)} px high, less than ${LEAST}`);
    }
    return found;
  });
}

/** axe-core passes over the words of charts: theirs is the same rule, 4.5 to 1 against what is painted below them (WCAG 2.1, 1.4.3). */
export async function chartContrast({ page }) {
  return page.evaluate(async () => {
    const found = [];
    const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const colour = (css) => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = "#000";
      brush.fillStyle = css;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      return { rgb: [r, g, b], alpha: a / 255 };
    };
    const over = (below, { rgb, alpha }) => below.map((value, i) => value * (1 - alpha) + rgb[i] * alpha);
    const luminance = (rgb) =>
      rgb
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const painted = (one) => {
      const style = getComputedStyle(one);
      const svg = one instanceof SVGGeometryElement;
      const css = svg ? style.fill : one instanceof SVGElement && one.tagName !== "svg" ? "none" : style.backgroundColor;
      if (css === "none" || css.startsWith("url")) return { rgb: [0, 0, 0], alpha: 0 };
      const { rgb, alpha } = colour(css);
      return { rgb, alpha: alpha * (svg ? Number(style.fillOpacity) : 1) * Number(style.opacity) };
    };
    for (const svg of document.querySelectorAll("figure svg")) {
      if (svg.getBoundingClientRect().width === 0) continue;
      const name = svg.closest("figure").id;
      for (const text of svg.querySelectorAll("text")) {
        text.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const box = text.getBoundingClientRect();
        if (box.width === 0) continue;
        const stack = document.elementsFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        const below = stack.filter((one) => !(one instanceof SVGTextContentElement)).reverse();
        const style = getComputedStyle(text);
        const halo = style.paintOrder.startsWith("stroke") && style.stroke !== "none" ? [colour(style.stroke)] : [];
        const paper = [...below.map(painted), ...halo].reduce(over, [255, 255, 255]);
        const ink = over(paper, { ...colour(style.fill), alpha: colour(style.fill).alpha * Number(style.fillOpacity) * Number(style.opacity) });
        const [dark, light] = [luminance(paper), luminance(ink)].sort((a, b) => a - b);
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < 4.5) found.push(`${name}: ‘${text.textContent.trim()}’ has a contrast of ${ratio.toFixed(1)} to 1, less than 4.5`);
      }
    }
    scrollTo(0, 0);
    return found;
  });
}

export async function names({ page }) {
  return page.evaluate(() => {
    const found = [];
    const seen = new Set();
    for (const { id } of document.querySelectorAll("[id]")) {
      if (seen.has(id)) found.push(`the id ${id} is there twice`);
      seen.add(id);
    }
    for (const one of document.querySelectorAll("[href^='#']")) {
      const id = one.getAttribute("href").slice(1);
      if (!document.getElementById(decodeURIComponent(id))) found.push(`a link leads to #${id}, which is not there`);
    }
    for (const one of document.querySelectorAll("svg *")) {
      for (const { name, value } of one.attributes) {
        const id = /url\(["']?#([^)"']+)/.exec(value)?.[1];
        if (id && !document.getElementById(id)) found.push(`${name} of a chart takes #${id}, which is not there`);
      }
    }
    // The page is passed on alone: what lies beside it stays behind.
    for (const one of document.querySelectorAll("a[href]")) {
      const href = one.getAttribute("href");
      if (!/^(#|https?:|mailto:|doi:)/.test(href)) found.push(`a link leads to ${href}, which is not on the page`);
    }
    return found;
  });
}
