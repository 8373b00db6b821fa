// The chronology: one list of what the records state, with filters, search and a density strip.

const CHRONOLOGY = [
  "started_at",
  "ended_at",
  "time_relation",
  "is_clock_change_hour",
  "local_day",
  "local_hour",
  "kind",
  "channel",
  "outcome",
  "from_party",
  "to_party",
  "summary",
  "text",
  "act_codes",
  "place_kind",
];
const FROM_CASE_FILE = new Set(["order", "knowledge"]); // moments that may lie years away
const PLAIN_CHANNELS = new Set(["cellular", "call", "data"]); // they say no more than the kind
const PRINTED_ENTRIES = 400;

section({
  id: "chronology",
  title: "Chronology",
  count: () => countOf("chronology"),
  build: buildChronology,
});

async function buildChronology(page) {
  if (!hasTable("chronology")) {
    page.append(
      empty(
        "The chronology is empty",
        "No record with a time was read. The exhibits page lists which files were read and why others were not.",
      ),
    );
    return;
  }
  const cols = await columns("chronology", CHRONOLOGY);
  const list = virtualList({
    label: "Entries of the chronology. Arrow keys move, Enter shows source rows.",
    rowPx: () => (matchMedia("(max-width: 640px)").matches ? 132 : 76),
    draw: (i) => entryLine(cols, i),
    open: (i) =>
      openRows({
        title: cols.summary[i] || word(cols.kind[i]),
        value: localTime(cols.started_at[i]),
        rows: () => rowsBehind("chronology", [i]),
      }),
  });
  const status = h("p", { class: "result-count", role: "status" });
  const density = h("div", {});
  const printed = h("div", { class: "print-only" });
  const filters = chronologyFilters(cols, (kept) => {
    list.show(kept);
    status.textContent = `${plural(kept.length, "entry", "entries")} of ${number(cols.started_at.length)}`;
    density.replaceChildren(
      densityStrip(cols, kept, (position) => {
        list.moveTo(position);
        list.view.focus();
      }),
    );
    page.dataset.kept = String(kept.length);
    printed.replaceChildren(...printedEntries(cols, kept));
  });
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "One ordered account of what the records state, across sources. Times are shown in ",
      zone.name,
      "; the rows give UTC and the text of the source.",
    ),
    filters.form,
    status,
    density,
    list.view,
    printed,
  );
  filters.apply();
  await appendOccasions(page);
}

async function appendOccasions(page) {
  if (!hasTable("occasions")) return;
  const all = await records("occasions");
  page.append(
    heading(2, "Proposed occasions"),
    note(
      "Entries grouped by the rule that the findings print. A person confirms or strikes them. A label names an example of s.2A(3) Protection from Harassment Act 1997 to look at; it says nothing about what happened.",
    ),
    lazyDetails(`Show ${plural(all.length, "occasion")}`, () =>
      pagedTable(
        "Proposed occasions",
        ["Occasion", "From", "To", { label: "Entries", numeric: true }, "Proposed labels"],
        all,
        (o) => [
          leadButton(String(o.occasion_no), `Proposed occasion ${o.occasion_no}`, () =>
            rowsBehind("occasions", [o.index]),
          ),
          moment(o.started_at),
          moment(o.ended_at),
          leadButton(number(o.entries ?? 0), `Entries of occasion ${o.occasion_no}`, () =>
            rowsBehind("occasions", [o.index]),
          ),
          (o.act_codes ?? []).map((code) => `(${code}) ${ACT_WORDS[code] ?? ""}`).join("; "),
        ],
      ),
    ),
  );
}

function entryLine(cols, i) {
  const at = cols.started_at[i];
  const p = isNothing(at) ? undefined : localParts(at);
  const relation = cols.time_relation[i];
  const act = cols.act_codes[i] ?? [];
  return [
    h(
      "div",
      { class: "entry-time" },
      h(
        "span",
        { class: "entry-day" },
        p ? `${p.weekday} ${p.day} ${p.month} ${p.year}` : "no time",
      ),
      h(
        "span",
        { class: "entry-hour" },
        p
          ? `${relation && relation !== "at" ? `${word(relation)} ` : ""}${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`
          : "",
      ),
      cols.is_clock_change_hour[i] && tag("clock-change hour", "tag-warn"),
    ),
    h(
      "div",
      { class: "entry-main" },
      h(
        "div",
        { class: "entry-tags" },
        tag(
          cols.channel[i] && !PLAIN_CHANNELS.has(cols.channel[i])
            ? `${word(cols.kind[i])} · ${word(cols.channel[i])}`
            : word(cols.kind[i]),
          `kind-${cols.kind[i]}`,
        ),
        cols.outcome[i] && h("span", { class: "quiet" }, lower(cols.outcome[i])),
        (cols.from_party[i] || cols.to_party[i]) &&
          h(
            "span",
            { class: "entry-who" },
            cols.from_party[i] ? party(cols.from_party[i]) : "",
            cols.to_party[i] ? [" → ", party(cols.to_party[i])] : "",
          ),
        act.map((code) =>
          h("span", { class: "tag tag-act", title: ACT_WORDS[code] ?? "" }, actWord(code)),
        ),
      ),
      h("div", { class: "entry-words" }, said(cols.summary[i] ?? "")),
      cols.text[i] && h("div", { class: "entry-text" }, "“", said(cols.text[i]), "”"),
    ),
  ];
}

function chronologyFilters(cols, show) {
  const choices = (name, label) => [
    ["", label],
    ...[...counted(cols[name].filter((v) => !isNothing(v))).entries()]
      .sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1))
      .map(([value, count]) => [value, `${word(value)} (${number(count)})`]),
  ];
  const people = counted([...cols.from_party, ...cols.to_party].filter((v) => !isNothing(v)));
  const days = cols.local_day.filter(Boolean);
  const bounds = days.length
    ? [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))]
    : ["", ""];
  const search = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const person = options(h("select"), [
    ["", "Anybody"],
    ...[...people.entries()]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 200)
      .map(([key, count]) => [key, `${key} (${number(count)})`]),
  ]);
  const kind = options(h("select"), choices("kind", "Every kind"));
  const channel = options(h("select"), choices("channel", "Every channel"));
  const from = h("input", { type: "date", min: bounds[0], max: bounds[1] });
  const to = h("input", { type: "date", min: bounds[0], max: bounds[1] });
  const night = h("input", { type: "checkbox", id: freshId("field") });
  const acts = h("input", { type: "checkbox", id: freshId("field") });
  const texts = once("chronology search", () => searchTexts(cols));
  const apply = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? texts() : null;
    const kept = [];
    for (let i = 0; i < cols.started_at.length; i += 1) {
      if (kind.value && cols.kind[i] !== kind.value) continue;
      if (channel.value && cols.channel[i] !== channel.value) continue;
      if (person.value && cols.from_party[i] !== person.value && cols.to_party[i] !== person.value)
        continue;
      if (from.value && !(cols.local_day[i] >= from.value)) continue;
      if (to.value && !(cols.local_day[i] <= to.value)) continue;
      if (night.checked && !(cols.local_hour[i] >= 22 || cols.local_hour[i] < 6)) continue;
      if (acts.checked && !cols.act_codes[i]?.length) continue;
      if (found && !words.every((w) => found[i].includes(w))) continue;
      kept.push(i);
    }
    show(kept);
  };
  const form = h(
    "form",
    {
      class: "filters",
      role: "search",
      "aria-label": "Filter the chronology",
      onsubmit: (event) => {
        event.preventDefault();
        apply();
      },
      onreset: () => setTimeout(apply),
    },
    field("Search words", search),
    field("Person or identifier", person),
    field("Kind", kind),
    field("Channel", channel),
    field("From day", from),
    field("To day", to),
    h(
      "div",
      { class: "field checks" },
      h("div", {}, night, h("label", { for: night.id }, "Only 22:00 to 06:00")),
      h("div", {}, acts, h("label", { for: acts.id }, "Only entries with a proposed label")),
    ),
    h(
      "div",
      { class: "field" },
      h("button", { type: "reset", class: "button button-quiet" }, "Clear filters"),
    ),
  );
  search.addEventListener("input", debounce(apply, 120));
  for (const control of [person, kind, channel, from, to, night, acts])
    control.addEventListener("change", apply);
  return { form, apply };
}

function searchTexts(cols) {
  let texts;
  return () =>
    (texts ??= cols.summary.map((summary, i) =>
      `${summary ?? ""} ${cols.text[i] ?? ""} ${cols.from_party[i] ?? ""} ${cols.to_party[i] ?? ""} ${word(cols.kind[i])} ${cols.local_day[i] ?? ""}`.toLowerCase(),
    ));
}

// Entries per stretch of days; activating a bar scrolls the list to its first entry.
function densityStrip(cols, kept, jump) {
  const dated = kept.filter((i) => cols.local_day[i]);
  if (!dated.length) return h("p", { class: "quiet" }, "No entry fits these filters.");
  const cache = new Map();
  const numberOf = (day) => {
    if (!cache.has(day)) cache.set(day, dayNumber(day));
    return cache.get(day);
  };
  const all = cols.local_day.filter((day, i) => day && !FROM_CASE_FILE.has(cols.kind[i]));
  if (!all.length) all.push(...cols.local_day.filter(Boolean));
  let first = Infinity;
  let last = -Infinity;
  for (const day of all) {
    const n = numberOf(day);
    if (n < first) first = n;
    if (n > last) last = n;
  }
  const width = Math.max(1, Math.ceil((last - first + 1) / 160));
  const bins = new Map();
  kept.forEach((i, position) => {
    if (!cols.local_day[i]) return;
    const bin = Math.floor(
      (Math.min(last, Math.max(first, numberOf(cols.local_day[i]))) - first) / width,
    );
    const held = bins.get(bin);
    if (held) held.count += 1;
    else bins.set(bin, { count: 1, position });
  });
  const binCount = Math.floor((last - first) / width) + 1;
  const most = Math.max(...[...bins.values()].map((bin) => bin.count));
  const picture = svg("svg", {
    viewBox: `0 0 ${binCount * 6} 46`,
    preserveAspectRatio: "none",
    role: "group",
    "aria-label": "Entries over time. Arrow keys move, Enter goes to the first entry.",
  });
  const items = [...bins.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([bin, held]) => {
      const height = 4 + 40 * Math.sqrt(held.count / most);
      const words = `${dayWords(dayOfNumber(first + bin * width))}${width > 1 ? ` and ${plural(width - 1, "day")} after` : ""}: ${plural(held.count, "entry", "entries")}`;
      const item = svg(
        "g",
        { role: "button", class: "bar", "aria-label": words, onclick: () => jump(held.position) },
        svg("rect", { x: bin * 6, y: 0, width: 6, height: 46, class: "bar-hit" }),
        svg("rect", { x: bin * 6 + 0.5, y: 46 - height, width: 5, height, class: "fill-0" }),
        svg("title", {}, words),
      );
      picture.append(item);
      return item;
    });
  rove(picture, items, alongRow(items.length));
  return h(
    "div",
    { class: "density" },
    picture,
    h(
      "p",
      { class: "density-ends quiet" },
      h("span", {}, dayWords(dayOfNumber(first))),
      h("span", {}, "Heights are the square root of the count"),
      h("span", {}, dayWords(dayOfNumber(last))),
    ),
  );
}

function printedEntries(cols, kept) {
  const rows = kept
    .slice(0, PRINTED_ENTRIES)
    .map((i) => [
      localTime(cols.started_at[i]),
      word(cols.kind[i]),
      said([cols.from_party[i], cols.to_party[i]].filter(Boolean).join(" → ")),
      said(`${cols.summary[i] ?? ""} ${cols.text[i] ?? ""}`.slice(0, 240)),
    ]);
  const rest = kept.length - rows.length;
  return [
    dataTable("Chronology", ["When", "Kind", "From and to", "What the record states"], rows),
    rest > 0
      ? note(
          `${number(rest)} further entries are not printed here; data/chronology.csv of the package holds them all.`,
        )
      : "",
  ];
}
