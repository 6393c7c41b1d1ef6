const table = document.querySelector("table.index"), form = document.querySelector("form.tools");
// Without a browser that unpacks, the rows that are in the page stay as they are.
const unpacked = async (text) => {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
};
const begin = (data, words) => {
const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
const names = data.names.split("\n"), all = names.length, years = Object.keys(data.of).sort();
const kind = data.kind.split(",").map(Number), region = data.region.split(",").map(Number);
const labels = Object.fromEntries(heads.map((head) => [head.dataset.by, head.textContent]));
const count = (text) => text.split(",").map((one) => +one), grouped = new Intl.NumberFormat("en"), show = (value) => grouped.format(value);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Without a report where one is expected, what is graver higher.
const absent = { missing: 1e9, misfiled: 5e8, elsewhere: 4e8, unread: 1e8, no_file: 1e7 };
// Each year's columns as arrays, made when the year is first looked at.
const made = {};
const of = (year) => made[year] ||= ((one) => ({
  status: one.status.split(",").map((place) => one.statuses.split(",")[place]),
  there: [...one.there].map((key) => +(key === "1")),
  absent: one.status.split(",").map((place) => +(one.statuses.split(",")[place] in absent)),
  received: one.received.split(",").map((text) => text === "" ? NaN : +text),
  signs: one.signs.split(","), late: count(one.late), official: count(one.official), warnings: count(one.warnings), undecided: count(one.undecided),
  misprints: count(one.misprints), to_look_at: count(one.to_look_at), settled: count(one.settled),
}))(data.of[year]);
// A year that nobody has between two others is a gap to be seen.
const strip = years.length ? [...Array(years.at(-1) - years[0] + 1).keys()].map((n) => String(+years[0] + n)) : [];
const has = Object.fromEntries(years.map((year) => [year, data.of[year].there]));

// What a search looks through: name, initials, region and its code.
const letters = new Map();
const pairs = [...data.initials];
for (let at = 0; at < pairs.length; at += 2) letters.set(pairs[at], pairs[at + 1]);
const said = names.map((name, row) => {
  const initials = data.odd[row] ?? [...name].map((one) => letters.get(one) ?? one.toLowerCase()).join("");
  return [name.toLowerCase(), initials, ...data.regions[region[row]]].join(" ");
});

// The rows to show, in order. All agencies are put in order once, a search only leaves some out.
const state = { year: form.year.value, by: "", down: false, rows: [] };
const late = (one, row) => one.status[row] === "late" ? one.late[row] : one.absent[row] ? absent[one.status[row]] : one.there[row] - 1;
const sides = {
  name: () => (row) => row, status: (one) => (row) => late(one, row),
};
const numbers = (by) => (one) => (row) => one.there[row] && !Number.isNaN(one[by][row]) ? one[by][row] : -1;
const worst = (one) => (a, b) => (data.pages[b] & 2) - (data.pages[a] & 2) || one.official[b] - one.official[a]
  || one.absent[b] - one.absent[a] || one.warnings[b] - one.warnings[a] || one.undecided[b] - one.undecided[a] || one.there[a] - one.there[b] || a - b;
const sorted = (one) => {
  const rows = [...names.keys()];
  if (!state.by) return rows.sort(worst(one));
  const values = rows.map((sides[state.by] || numbers(state.by))(one)), sign = state.down ? -1 : 1;
  return rows.sort((a, b) => values[a] < values[b] ? -sign : values[a] > values[b] ? sign : a - b);
};
const orders = {};
const choose = () => {
  const one = of(state.year), wanted = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  const within = form.region.value, sort = form.kind.value;
  const only = [...form.querySelectorAll("[name=only]:checked")].map((box) => box.value);
  const holds = (name, row) => name === "missing" || name === "late" ? one.status[row] === name : one.there[row] && one[name][row] > 0;
  const order = orders[[state.year, state.by, state.down]] ||= sorted(one);
  state.rows = order.filter((row) => wanted.every((word) => said[row].includes(word))
    && (!within || data.regions[region[row]][0].startsWith(within)) && (sort === "" || kind[row] === +sort)
    && only.every((name) => holds(name, row)));
  table.setAttribute("aria-rowcount", state.rows.length + 1);
  document.getElementById("count").textContent = fill(words.count, { shown: show(state.rows.length), all: show(all) });
  remember();
  draw(true);
};

// Only the rows near the window are in the page; the space of the others is kept above and below.
const kept = new Map(), above = document.createElement("tr"), below = document.createElement("tr");
[above, below].forEach((row) => { row.className = "space"; row.ariaHidden = "true"; row.append(document.createElement("td")); });
const cell = (row, name, text, tag = "td") => {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  row.append(made);
  return made;
};
const line = (agency) => {
  const year = of(state.year), row = document.createElement("tr"), there = year.there[agency], page = +data.pages[agency];
  const head = cell(row, "first", "", "th"), own = document.createElement("div");
  const name = document.createElement(page & 1 ? "a" : "span");
  head.scope = "row";
  name.lang = "zh-Hans";
  name.textContent = own.title = names[agency];
  if (page & 1) name.href = encodeURIComponent(names[agency]) + "/index.html";
  own.append(name);
  if (page & 2) {
    const tag = document.createElement("span");
    tag.className = "tag broken";
    tag.textContent = page & 1 ? words.stale : words.no_page;
    if (page & 1) tag.title = words.stale_long;
    own.append(tag);
  }
  const place = document.createElement("span"), where = document.createElement("span");
  place.className = "place";
  where.lang = "zh-Hans";
  where.textContent = data.regions[region[agency]][1];
  place.append(where, " ", data.kinds[kind[agency]]);
  head.append(own, place);
  const marks = cell(row, "strip", "");
  strip.forEach((one) => {
    const key = has[one]?.[agency] ?? "0";
    const mark = document.createElement("i");
    mark.className = { 0: "out", 1: "there" }[key] || "out odd";
    if (one === state.year) mark.classList.add("chosen");
    mark.title = one + ": " + words.there[key];
    mark.textContent = one.slice(2);
    marks.append(mark);
  });
  const status = year.status[agency];
  // Of a file that tells no year; the review calls it so, too.
  const isUndated = status === "unread" && page & 4 && has[state.year]?.[agency] !== "3";
  cell(row, "state " + status, status === "late" && year.late[agency] ? fill(words.late_by, { days: year.late[agency] }) : words[isUndated ? "unread_year" : status] || "–");
  const isAsked = there && !Number.isNaN(year.received[agency]);
  cell(row, isAsked ? "n asked" : "n asked zero", isAsked ? show(year.received[agency]) + year.signs[agency] : "–").dataset.l = labels.received;
  [["official", "isbroken"], ["warnings", "iswarning"], ["undecided", "isdoubt"]].forEach(([name, mark]) => {
    const value = year[name][agency];
    const place = cell(row, "n " + (there && value ? mark : "zero"), there ? show(value) : "–");
    place.dataset.l = labels[name];
    const wrong = year.misprints[agency], open = year.to_look_at[agency];
    if (name === "official" && there && (wrong || open)) {
      const corrected = document.createElement("span");
      corrected.className = "isdoubt";
      corrected.textContent = "†" + show(wrong) + (open ? "+" + show(open) : "");
      place.append(" ", corrected);
    }
  });
  return row;
};
let height = 0;
const mostPrinted = 500;
const draw = (anew) => {
  if (anew) { kept.clear(); body.replaceChildren(above, below); }
  if (!height && state.rows.length) {
    const probe = line(state.rows[0]);
    above.after(probe);
    height = probe.getBoundingClientRect().height;
    probe.remove();
  }
  const top = -table.getBoundingClientRect().top, few = 12;
  const near = Math.max(0, Math.min(state.rows.length - 1, Math.floor(top / height)) - few);
  const [first, number] = state.printed ? [0, mostPrinted] : [near, Math.ceil(window.innerHeight / height) + 2 * few];
  const last = Math.min(state.rows.length, first + number);
  const wanted = new Set(state.rows.slice(first, last));
  kept.forEach((row, agency) => { if (!wanted.has(agency)) { row.remove(); kept.delete(agency); } });
  let before = above;
  state.rows.slice(first, last).forEach((agency, place) => {
    let row = kept.get(agency);
    if (!row) { row = line(agency); kept.set(agency, row); row.ariaRowIndex = first + place + 2; }
    if (before.nextSibling !== row) before.after(row);
    before = row;
  });
  above.firstChild.style.height = first * height + "px";
  below.firstChild.style.height = (state.rows.length - last) * height + "px";
  above.hidden = first === 0;
  below.hidden = last === state.rows.length || state.printed;
};

// What is chosen stands in the address, so that it can be sent and is there again on the way back.
const remember = () => {
  const chosen = new URLSearchParams();
  if (form.year.value !== form.year.options[0].value) chosen.set("year", form.year.value);
  ["q", "region", "kind"].forEach((name) => { if (form[name].value) chosen.set(name, form[name].value); });
  form.querySelectorAll("[name=only]:checked").forEach((one) => chosen.append("only", one.value));
  if (state.by) chosen.set("by", (state.down ? "-" : "") + state.by);
  if (location.hash.slice(1) !== chosen.toString() && !document.getElementById(location.hash.slice(1) || "-"))
    history.replaceState(null, "", "#" + chosen);
};
const recall = () => {
  const chosen = new URLSearchParams(location.hash.slice(1)), by = chosen.get("by") || "";
  ["year", "q", "region", "kind"].forEach((name) => { if (chosen.get(name)) form[name].value = chosen.get(name); });
  if (!form.year.value) form.year.selectedIndex = 0;
  form.querySelectorAll("[name=only]").forEach((one) => { one.checked = chosen.getAll("only").includes(one.value); });
  state.by = by.replace("-", "");
  state.down = by.startsWith("-");
};

const sum = (values, there) => values.reduce((total, value, row) => total + (there[row] ? value : 0), 0);
const tell = () => {
  const one = of(state.year), is = (name) => one.status.filter((status) => status === name).length;
  const values = {
    agencies: one.status.filter((status, row) => status || one.there[row]).length, there: sum(one.there, one.there),
    ...Object.fromEntries(words.sentence.filter(([name]) => name).map(([name]) => [name, is(name)])),
    official: sum(one.official, one.there),
    slipped: one.official.filter((value, row) => one.there[row] && value).length,
    warnings: sum(one.warnings, one.there), undecided: sum(one.undecided, one.there),
    misprints: sum(one.misprints, one.there), to_look_at: sum(one.to_look_at, one.there), settled: sum(one.settled, one.there),
  };
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]));
  const parts = words.sentence.filter(([name]) => !name || values[name]).map(([, text]) => text);
  document.getElementById("sentence").innerHTML = fill(parts.join(""), { year: state.year, ...shown });
};
const turn = () => { state.year = form.year.value; tell(); choose(); };
const mark = () => heads.forEach((head) => {
  if (head.dataset.by) head.ariaSort = head.dataset.by === state.by ? (state.down ? "descending" : "ascending") : "none";
});

const option = (select, value, text) => select.append(new Option(text, value));
Object.entries(data.within).sort().forEach(([start, name]) => option(form.region, start, (start.length > 2 ? "\u2003" : "") + name));
data.kinds.forEach((name, place) => option(form.kind, place, name));
heads.filter((head) => head.dataset.by).forEach((head) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  // A number is sorted from the largest at the first click, a name from its beginning; the third click undoes it.
  button.addEventListener("click", () => {
    const first = head.matches(".n, .state");
    if (state.by !== head.dataset.by) Object.assign(state, { by: head.dataset.by, down: first });
    else if (state.down === first) state.down = !first;
    else state.by = "";
    mark();
    choose();
  });
});
form.hidden = false;
table.classList.add("windowed");
form.addEventListener("submit", (event) => event.preventDefault());
form.year.addEventListener("change", turn);
form.addEventListener("input", (event) => { if (event.target !== form.year) choose(); });
let due = 0;
addEventListener("scroll", () => { due ||= requestAnimationFrame(() => { due = 0; draw(false); }); }, { passive: true });
addEventListener("resize", () => { height = 0; draw(true); });
addEventListener("beforeprint", () => { state.printed = true; draw(true); });
addEventListener("afterprint", () => { state.printed = false; draw(true); });
addEventListener("hashchange", () => { if (!document.getElementById(location.hash.slice(1) || "-")) { recall(); mark(); turn(); } });
recall();
mark();
turn();
};
if (table && window.DecompressionStream) {
  unpacked(document.getElementById("data").textContent)
    .then((data) => begin(data, JSON.parse(document.getElementById("words").textContent)));
}
