// Ways to break a sound report. Each has to be found by the check that it names, in the words that `told` gives. A way is an edit of the page's text, or a
// script that runs before its own.

/** Puts something at the end of the page, or of its head. */
const last = (what) => (html) => html.replace(/<\/main>/, `${what}</main>`);
const style = (rules) => (html) => html.replace(/<\/head>/, `<style>${rules}</style></head>`);
/** Runs when the page's own script is done. */
const after = (script) => (html) => html.replace(/<\/body>(?![\s\S]*<\/body>)/, `<script>${script}</script></body>`);
const each = (selector, what) => after(`for (const one of document.querySelectorAll(${JSON.stringify(selector)})) { ${what} }`);
const clicked = (selector, what) => each(selector, `one.addEventListener("click", () => { ${what} });`);
/** Puts something into the first chart, over all else. */
const inChart = (what) => (html) => html.replace(/(<figure[\s\S]*?)<\/svg>/, `$1${what}</svg>`);
/** Keeps the page's script from hearing something. */
const deaf = (selector, ...types) =>
  types.map((type) => `addEventListener("${type}", (event) => { if (event.target.closest?.("${selector}")) event.stopImmediatePropagation(); }, true);`).join("");
const deafTo = (...keys) => `addEventListener("keydown", (event) => { if (${JSON.stringify(keys)}.includes(event.key)) event.stopImmediatePropagation(); }, true);`;

export const BREAKAGES = [
  { check: "size", says: "four megabytes of words", told: /bytes, more than/, edit: last(`<!--${"x".repeat(4_000_000)}-->`) },

  { check: "overflow", says: "a paragraph of 900 px", told: /the document is 9\d\d px wide/, edit: last("<p style='min-width:900px'>wide</p>") },
  { check: "overflow", says: "a word that does not break, on a telephone", told: /px wide in a window of 360/, width: 360, edit: last(`<p style='overflow-wrap:normal'>${"w".repeat(80)}</p>`) },
  { check: "overflow", says: "a figure that holds more than its width", told: /figure#\S+ holds/, edit: (html) => html.replace(/<figcaption/, "<div style='width:120%;height:1px'></div><figcaption") },
  { check: "overflow", says: "a box that scrolls and cannot be reached", told: /cannot be reached by the keyboard/, edit: last("<div style='overflow-x:auto'><p style='min-width:2000px'>wide</p></div>") },
  { check: "overflow-unfolded", says: "what is folded is too wide", told: /px wide in a window/, edit: last("<details><summary>more</summary><p style='min-width:2000px'>wide</p></details>") },

  { check: "chart-words", says: "words over words", told: /‘under’ lies over ‘over’/, edit: inChart("<text x='10' y='40' font-size='9'>over</text><text x='14' y='41' font-size='9'>under</text>") },
  { check: "chart-words", says: "turned words over words", told: /‘upright’ lies over ‘across’/, edit: inChart("<text x='60' y='60' font-size='9'>across</text><text transform='translate(66 70) rotate(-90)' font-size='9'>upright</text>") },
  { check: "chart-words", says: "words out of the picture", told: /‘out to the left’ spills/, edit: inChart("<text x='-20' y='40' font-size='9'>out to the left</text>") },
  { check: "chart-words", says: "words of 4 points", told: /‘small’ is \S+ px high/, edit: inChart("<text x='30' y='90' font-size='4'>small</text>") },
  { check: "chart-words", says: "charts squeezed into a telephone", told: /px high, less than/, width: 360, edit: style("figure svg{width:150px!important;min-width:0!important;height:auto!important}") },
  { check: "chart-words", says: "no chart at all", told: /there is no chart/, edit: style("figure svg{display:none!important}") },

  { check: "chart-contrast", says: "pale words on white", told: /‘pale’ has a contrast of 1/, edit: inChart("<text x='10' y='40' font-size='9' style='fill:#bbbbbb'>pale</text>") },
  { check: "chart-contrast", says: "dark words on dark paper", told: /‘dark’ has a contrast of 1/, theme: "dark", edit: inChart("<text x='10' y='40' font-size='9' style='fill:#333333'>dark</text>") },
  { check: "chart-contrast", says: "words on a patch", told: /‘on blue’ has a contrast of 3/, edit: inChart("<rect x='5' y='30' width='40' height='14' style='fill:#0072b2'/><text x='10' y='40' font-size='9' style='fill:#1d2027'>on blue</text>") },

  { check: "axe", says: "a picture without words", told: /^image-alt/, edit: last("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>") },
  { check: "axe", says: "low contrast", told: /^color-contrast/, edit: last("<p style='color:#aaa;background:#fff'>pale</p>") },
  { check: "axe", says: "low contrast in the dark", told: /^color-contrast/, theme: "dark", edit: last("<p style='color:#333'>dark</p>") },
  { check: "axe", says: "a field without a label", told: /^label /, edit: last("<input type='text'>") },
  { check: "axe", says: "a button without a name", told: /^button-name/, edit: last("<button type='button'></button>") },
  { check: "axe", says: "a value with words but no role", told: /^aria-prohibited-attr/, edit: each("g.tip", "one.removeAttribute('role')") },
  { check: "axe", says: "no language", told: /^html-has-lang/, edit: (html) => html.replace(/ lang="en"/, "") },
  { check: "axe", says: "a heading that skips a level", told: /^heading-order/, edit: last("<h5>deep</h5>") },

  { check: "names", says: "an id twice", told: /the id answer is there twice/, edit: last("<p id='answer'></p>") },
  { check: "names", says: "a link to nowhere", told: /#nowhere, which is not there/, edit: last("<a href='#nowhere'>nowhere</a>") },
  { check: "names", says: "a link to a file beside the page", told: /decision.csv, which is not on the page/, edit: last("<a href='charts/decision.csv'>numbers</a>") },
  { check: "names", says: "a clip path that is not there", told: /clip-path of a chart takes #none/, edit: inChart("<rect width='1' height='1' clip-path='url(#none)'/>") },

  { check: "skip-link", says: "no skip link", told: /not the skip link/, edit: each("a.skip", "one.remove()") },
  { check: "skip-link", says: "a skip link that stays out of sight", told: /not seen when it has the focus/, edit: style(".skip,.skip:focus{left:-99rem!important;top:0!important;transform:none!important}") },
  { check: "skip-link", says: "a skip link that leads nowhere", told: /does not go on behind/, edit: (html) => html.replace(/(class="skip"[^>]*href=)"#[^"]*"/, '$1"#none"') },

  { check: "tabbing", says: "focus that is not seen", told: /is not seen to have the focus/, edit: style("*:focus-visible{outline:none!important}") },
  { check: "tabbing", says: "focus far off the page", told: /has the focus outside the window/, edit: last("<button type='button' style='position:fixed;left:-999px'>far</button>") },
  { check: "tabbing", says: "headings that the Tab key passes over", told: /stops at 0 of \d+ headings/, edit: each("th button", "one.tabIndex = -1") },
  { check: "tabbing", says: "values that the Tab key passes over", told: /stops at no value of the chart/, edit: each("g.tip", "one.tabIndex = -1") },
  { check: "tabbing", says: "a trap", told: /does not leave/, edit: last("<button type='button' onkeydown='event.preventDefault()'>trap</button>") },

  { check: "tips", says: "values without tips", told: /no value has a tip/, edit: each("g.tip", "one.classList.remove('tip')") },
  { check: "tips", says: "values without words", told: /values have no words/, edit: each("g.tip", "one.removeAttribute('aria-label')") },
  { check: "tips", says: "every value a stop of the Tab key", told: /stops of the Tab key, not one/, edit: each("g.tip", "one.tabIndex = 0") },
  { check: "tips", says: "no tip that is seen", told: /no tip is shown on focus/, edit: style(".tip-words{display:none!important}") },
  { check: "tips", says: "a tip out of the window", told: /leaves the window/, edit: style(".tip-words{left:3000px!important;transform:none!important}") },
  { check: "tips", says: "a tip of other words", told: /the tip says ‘other’/, edit: after("setInterval(() => document.querySelectorAll('.tip-words').forEach((one) => (one.textContent = 'other')), 1)") },
  { check: "tips", says: "a right arrow that does nothing", told: /the right arrow does not move/, before: deafTo("ArrowRight") },
  { check: "tips", says: "a left arrow that does nothing", told: /the left arrow does not move/, before: deafTo("ArrowLeft") },
  { check: "tips", says: "Escape does nothing", told: /Escape does not put the tip away/, before: deafTo("Escape") },
  { check: "tips", says: "values that cannot be pointed at", told: /no value can be pointed at/, edit: style("g.tip,g.tip *{pointer-events:none!important}") },
  { check: "tips", says: "nothing under the mouse", told: /no tip is shown under the mouse/, before: deaf("svg", "mouseenter", "mouseover", "mousemove", "pointerenter", "pointerover", "pointermove") },
  { check: "tips", says: "a tip that goes under the mouse", told: /goes when the mouse moves onto it/, before: deaf(".tip-words", "pointerenter") },
  { check: "tips", says: "a tip that stays", told: /the tip stays when the mouse is gone/, edit: style(".tip-words{display:block!important;visibility:visible!important;opacity:1!important;width:9px;height:9px}") },

  { check: "sorting", says: "headings that do nothing", told: /is not said to be sorted/, before: deaf("th button", "click") },
  { check: "sorting", says: "rows upside down", told: /is not ascending by number/, edit: clicked("th button", "const [body] = one.closest('table').tBodies; body.append(...[...body.rows].reverse());") },
  { check: "sorting", says: "words upside down", told: /is not ascending by words/, edit: clicked("th button", "const [body] = one.closest('table').tBodies; body.append(...[...body.rows].reverse());") },
  {
    check: "sorting",
    says: "a row without values that comes first",
    told: /rows without a value are not last/,
    edit: clicked("th button", "const [body] = one.closest('table').tBodies; const row = body.rows[body.rows.length - 1]; for (const cell of row.cells) { delete cell.dataset.value; cell.textContent = '–'; } body.prepend(row);"),
  },
  { check: "sorting", says: "a row lost", told: /rows are lost/, edit: clicked("th button", "one.closest('table').tBodies[0].lastElementChild.remove();") },
  { check: "sorting", says: "a heading that does not say how it is sorted", told: /is not said to be sorted/, edit: clicked("th button", "one.closest('th').removeAttribute('aria-sort');") },
  { check: "sorting", says: "no numbers", told: /no table can be sorted by number/, edit: each("tbody td, tbody th", "delete one.dataset.value; one.textContent = 'many'") },

  { check: "picking", says: "boxes that do nothing", told: /stay when it is unticked/, before: deaf(".pick", "change", "input", "click") },
  { check: "picking", says: "nothing to pick by", told: /nothing to pick them by/, edit: each(".pick", "one.remove()") },
  { check: "picking", says: "boxes of others", told: /nothing is of the alternative/, edit: each(".pick input", "one.value = '99'") },
  { check: "picking", says: "all rows go", told: /go with those of/, edit: each(".pick input", "one.addEventListener('change', () => document.querySelectorAll('tr').forEach((row) => (row.hidden = !one.checked)))") },
  { check: "picking", says: "rows that do not come back", told: /do not come back/, edit: each(".pick input", "one.addEventListener('change', () => document.querySelectorAll('tr[hidden]').forEach((row) => row.remove()))") },

  { check: "copying", says: "a button that does nothing", told: /after copying nothing is said$/, before: deaf("#copy", "click") },
  { check: "copying", says: "no citation", told: /there is no citation/, edit: each("#copy", "delete one.dataset.text") },
  { check: "copying", says: "another citation", told: /is not what is shown/, edit: each("#copy", "one.dataset.text = 'other'") },
  { check: "copying", says: "other words are copied", told: /the clipboard does not hold/, before: "navigator.clipboard.writeText = () => Promise.resolve();" },
  { check: "copying", says: "what is said is no status", told: /is no status/, edit: each("#copied", "one.removeAttribute('role')") },
  {
    check: "copying",
    says: "copied is said and nothing was",
    told: /where the clipboard is denied and the citation is not copied/,
    before: "document.execCommand = () => true;",
  },
  {
    check: "copying",
    says: "copied is said where nothing can be",
    told: /where nothing can be copied/,
    edit: each("#copied", "new MutationObserver(() => one.textContent && one.textContent !== 'Copied.' && (one.textContent = 'Copied.')).observe(one, { childList: true })"),
  },

  { check: "themes", says: "no button", told: /there is no button #colours/, edit: each("#colours", "one.remove()") },
  { check: "themes", says: "a button that does nothing", told: /does not change light and dark/, before: deaf("#colours", "click") },
  { check: "themes", says: "a button for one press", told: /does not lead back/, edit: clicked("#colours", "setTimeout(() => one.replaceWith(one.cloneNode(true)));") },
  { check: "themes", says: "always light", told: /the page is not dark/, theme: "dark", edit: style("html,body{background:#fff!important}") },
  { check: "themes", says: "dark paper in print", told: /the paper is not white/, edit: style("@media print{html,body{background:#222!important}}") },

  { check: "without-scripts", says: "charts drawn by a script", told: /a chart is not shown/, edit: style("figure svg{display:none!important}") },
  { check: "without-scripts", says: "tables shown by a script", told: /a table is not shown/, edit: style("table{display:none}") },
  { check: "without-scripts", says: "rows shown by a script", told: /a row is not shown/, edit: style("tbody tr:last-child{display:none}") },
  { check: "without-scripts", says: "a button that does nothing", told: /shown though it does nothing/, edit: style(".copy,#copy{display:block!important}") },

  { check: "printing", says: "figures that are cut", told: /is cut: it begins on page/, edit: style("figure{break-inside:auto!important;height:960px}figure *{break-inside:auto!important}") },
  { check: "printing", says: "a figure higher than a page", told: /px high, a page/, edit: style("@media print{figure{height:1100px}}") },
  { check: "printing", says: "a table wider than the page", told: /beyond the right of the page/, edit: style("@media print{table{min-width:1000px!important}}") },
  { check: "printing", says: "a table cut by its box", told: /is cut by a box that scrolls/, edit: style("@media print{table{min-width:1000px!important}:has(>table){overflow:auto!important}}") },
  { check: "printing", says: "no figures on paper", told: /is not printed/, edit: style("@media print{figure{display:none}}") },
  { check: "printing", says: "rows that are cut", told: /rows of tables can be cut/, edit: style("@media print{tr{break-inside:auto!important}}") },
  { check: "printing", says: "tables that go on without a head", told: /goes on to a page without its head/, edit: style("@media print{table{break-inside:auto!important}thead{display:table-row-group!important}tbody td,tbody th{height:300px}}") },
  { check: "printing", says: "tables left out", told: /the table ‘.*’ is not printed/, edit: style("@media print{table{position:absolute;left:-9999px}}") },
  { check: "printing", says: "words torn from their chart", told: /the words above the figure/, edit: (html) => html.replace(/<figure/, "<details open><summary style='display:list-item!important;list-style:none'>Chart</summary><figure style='break-before:page'").replace(/<\/figure>/, "</figure></details>") },
  { check: "printing", says: "no title on paper", told: /does not begin with the title/, edit: style("@media print{h1{display:none}}") },
  { check: "printing", says: "an empty page", told: /page 1 is empty/, edit: style("@media print{body{break-before:page}html::before{content:'';display:block;height:1px}}") },
  { check: "printing", says: "a hundred pages", told: /1\d\d pages, not/, edit: last("<p style='break-before:page'>A page of its own.</p>".repeat(100)) },

  { check: "console", says: "an error on the console", told: /^error: wrong/, edit: after("console.error('wrong')") },
  { check: "console", says: "a warning on the console", told: /^warning: odd/, edit: after("console.warn('odd')") },
  { check: "console", says: "an error that nothing catches", told: /^uncaught:/, edit: after("undefined.wrong()") },

  { check: "network", says: "a picture from elsewhere", told: /x\.png/, edit: last("<img alt='' src='http://localhost:9/x.png'>") },
  { check: "network", says: "a font from beside the page", told: /font\.woff2/, edit: style("@font-face{font-family:Elsewhere;src:url(font.woff2)}h1{font-family:Elsewhere!important}") },
  { check: "network", says: "a script that asks", told: /localhost:9/, edit: after("fetch('http://localhost:9/').catch(() => {})") },
];
