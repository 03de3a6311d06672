(() => {
  "use strict";
  const words = document.createElement("div");
  words.className = "tip-words";
  words.hidden = true;
  // A reader who hears the page hears the label of the tip itself.
  words.setAttribute("aria-hidden", "true");
  document.body.append(words);
  let shown = null;
  let leaving = 0;

  function hide() {
    clearTimeout(leaving);
    words.hidden = true;
    if (shown) shown.classList.remove("shown");
    shown = null;
  }

  // Above the tip, or below it where the window ends; never beyond its sides.
  function show(tip) {
    hide();
    shown = tip;
    tip.classList.add("shown");
    words.textContent = tip.getAttribute("aria-label");
    words.hidden = false;
    const part = tip.getBoundingClientRect();
    const own = words.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(part.left + part.width / 2 - own.width / 2, room - own.width - 8));
    const top = part.top - own.height - 6 >= 0 ? part.top - own.height - 6 : part.bottom + 6;
    words.style.left = `${left + window.scrollX}px`;
    words.style.top = `${top + window.scrollY}px`;
  }

  // The words stay while the pointer is on its way to them or over them, so that they can be read enlarged (WCAG 1.4.13).
  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      const focused = document.activeElement;
      if (focused && focused.matches("svg.figure .tip")) show(focused);
      else hide();
    }, 150);
  }

  words.addEventListener("pointerenter", () => clearTimeout(leaving));
  words.addEventListener("pointerleave", leave);

  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  function next(tips, at, key) {
    if (key === "Home") return 0;
    if (key === "End") return tips.length - 1;
    return key in steps ? Math.max(0, Math.min(tips.length - 1, at + steps[key])) : -1;
  }

  for (const figure of document.querySelectorAll("svg.figure")) {
    const tips = [...figure.querySelectorAll(".tip")];
    tips.forEach((tip, at) => {
      // The browser would show the title besides.
      tip.querySelector("title")?.remove();
      tip.addEventListener("pointerenter", () => show(tip));
      tip.addEventListener("pointerleave", leave);
      tip.addEventListener("focus", () => {
        for (const other of tips) other.setAttribute("tabindex", other === tip ? "0" : "-1");
        show(tip);
      });
      tip.addEventListener("blur", hide);
      tip.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const to = next(tips, at, event.key);
        if (to < 0) return;
        event.preventDefault();
        tips[to].focus();
      });
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  window.addEventListener("resize", hide);
})();
