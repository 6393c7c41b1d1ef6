const page = document.documentElement, button = document.querySelector(".code-button");
page.classList.replace("no-js", "js");
button.hidden = false;
button.addEventListener("click", () => {
  const shown = page.classList.toggle("show-code");
  document.querySelectorAll("details.code").forEach((code) => { code.open = shown; });
  button.setAttribute("aria-pressed", String(shown));
  button.textContent = shown ? button.dataset.hide : button.dataset.show;
});

// Rows of zeros stay behind a button, which has nothing to do without a script.
document.querySelectorAll("button.zeros").forEach((zeros) => {
  zeros.hidden = false;
  const table = zeros.closest("details").querySelector("table");
  const turn = (shown) => { table.classList.toggle("all", shown); zeros.setAttribute("aria-pressed", String(shown)); };
  zeros.addEventListener("click", () => turn(!table.classList.contains("all")));
  table.addEventListener("unfold", () => turn(true));
});

// In the file only figures that something on the page leads to have an id; with it, others lead there too.
document.querySelectorAll("tr[data-k]").forEach((row) => {
  const heads = row.closest("table").tHead.rows[0].cells;
  [...row.cells].forEach((cell) => {
    const key = heads[cell.cellIndex].dataset.k;
    if (key && !cell.id) cell.id = row.dataset.k + "-" + key;
  });
});

// What a figure is, where it stands and how sure we are: on tap, click and focus; arrows lead from figure to figure.
const tip = document.getElementById("tip"), words = (key, value) => tip.dataset[key].replace("#", value);
const states = JSON.parse(tip.dataset.states), places = JSON.parse(tip.dataset.places);
const shown = (cell) => {
  const row = cell.parentElement, table = row.closest("table"), head = table.tHead.rows[0].cells[cell.cellIndex];
  const file = table.dataset.r || head.dataset.r, page = cell.dataset.p || row.dataset.p || head.dataset.p;
  const said = [...cell.classList].map((name) => states[name]).filter(Boolean);
  if (cell.dataset.x) said.push(words("printed", cell.dataset.x));
  if (cell.dataset.c) said.push(words("sure", cell.dataset.c));
  const name = document.createElement("b");
  name.textContent = [row.cells[0].innerText, table.dataset.y, head.firstChild.textContent].filter(Boolean).join(" · ");
  const where = document.createElement(places[file] ? "a" : "span");
  if (places[file]) where.href = places[file] + (page && file.toLowerCase().endsWith(".pdf") ? "#page=" + page : "");
  where.textContent = file ? [file, page && words("page", page)].filter(Boolean).join(", ") : "";
  tip.replaceChildren(name, cell.innerText.trim(), ...said, where);
  tip.hidden = false;
  const box = cell.getBoundingClientRect(), wide = Math.min(window.innerWidth - 16, tip.offsetWidth);
  tip.style.left = Math.max(8, Math.min(box.left + scrollX, scrollX + window.innerWidth - wide - 8)) + "px";
  tip.style.top = box.bottom + scrollY + 6 + "px";
};
const hide = () => { tip.hidden = true; };
document.querySelectorAll("table.figures").forEach((table) => {
  const cells = () => [...table.querySelectorAll("td")].filter((cell) => cell.offsetParent !== null);
  const first = table.querySelector("tr:not(.z) td");
  if (first) first.tabIndex = 0;
  table.addEventListener("focusin", (event) => { if (event.target.matches("td")) shown(event.target); });
  table.addEventListener("focusout", (event) => { if (!tip.contains(event.relatedTarget)) hide(); });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (cell && !event.target.closest("a")) { cell.tabIndex = -1; cell.focus({ preventScroll: true }); }
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td"), step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 0, ArrowDown: 0 }[event.key];
    if (!cell || step === undefined) return;
    event.preventDefault();
    const all = cells(), same = all.filter((one) => one.cellIndex === cell.cellIndex);
    const next = step ? all[all.indexOf(cell) + step] : same[same.indexOf(cell) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { cell.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  });
});
addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

const unfold = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let place = target; place; place = place.parentElement) if (place.matches("details")) place.open = true;
  if (target.closest("tr.z")) target.closest("table").dispatchEvent(new Event("unfold"));
  target.scrollIntoView();
};
addEventListener("hashchange", unfold);
// Doubts are ours and not the agency's: on paper they stay as they are.
const folded = () => document.querySelectorAll(".breaches details:not(.cells, .undecided, .undecided *)");
addEventListener("beforeprint", () => folded().forEach((one) => { one.dataset.open = one.open; one.open = true; }));
addEventListener("afterprint", () => folded().forEach((one) => { one.open = one.dataset.open === "true"; }));
unfold();
