"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Tables: a click on a head sorts by its column, another turns the order round.
  const sortedBy = (row, at) => {
    // A date, a unit or a hash begins like a number and is none: columns of numbers are told as such.
    const cell = row.cells[at];
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const text = cell.textContent.trim();
    const number = Number(text.replace(/,/g, "").replace("\u2212", "-"));
    const isNumeric = row.closest("table").classList.contains(`n${at + 1}`);
    return isNumeric && text !== "" && !Number.isNaN(number) ? number : text;
  };
  const before = (a, b) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return String(a).localeCompare(String(b), "en", { numeric: true });
  };
  for (const table of all("table")) {
    const body = table.tBodies[0];
    if (body.rows.length < 2) continue;
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const turned = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", turned ? "descending" : "ascending");
        const at = head.cellIndex;
        const rows = [...body.rows].map((row) => [sortedBy(row, at), row]);
        const empty = ([value]) => value === "" || value === "–";
        rows.sort((a, b) => empty(a) - empty(b) || (turned ? -1 : 1) * before(a[0], b[0]));
        body.append(...rows.map(([, row]) => row));
      });
    }
  }

  // Alternatives: what tells of one that is not chosen is not shown.
  for (const pick of all(".pick")) {
    pick.hidden = false;
    pick.addEventListener("change", (event) => {
      for (const part of all(`main [data-of="${event.target.value}"]`)) part.hidden = !event.target.checked;
    });
  }

  // Colours: those of the system until the button says otherwise, remembered where a browser allows it.
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("colours");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const label = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
  try {
    const kept = localStorage.getItem("rafah-colours");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch { /* nothing is remembered */ }
  button.hidden = false;
  label();
  system.addEventListener("change", label);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    label();
    try { localStorage.setItem("rafah-colours", root.dataset.theme); } catch { /* nothing is remembered */ }
  });

  // Print: folds are opened, but for the numbers of charts, which are long and stand in files of their own.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not(.numbers):not([open])");
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });

  // The citation: by the clipboard where a page from the disk may use it, else by a selection that is copied.
  const selected = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "aside";
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    area.remove();
    return done;
  };
  const copy = document.getElementById("copy");
  if (copy) {
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      const text = copy.dataset.text;
      let done = true;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        done = selected(text);
        copy.focus();
      }
      document.getElementById("copied").textContent = done ? "Copied." : "It cannot be copied here: select it above.";
    });
  }
})();
