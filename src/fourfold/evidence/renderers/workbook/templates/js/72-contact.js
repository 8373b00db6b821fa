// Contact: the rhythm of days and hours, and counts by day, hour, weekday, channel and outcome.

const PART_NAMES = ["connected", "attempted call", "message or other"];

section({ id: "contact", title: "Contact", count: () => countOf("contacts"), build: buildContact });

async function buildContact(page) {
  if (!hasTable("contacts")) {
    page.append(
      empty(
        "No contact between two parties",
        "No call or message with a sender and a receiver was read, or nobody is attributed to the numbers and accounts. See the exhibits and the case file.",
      ),
    );
    return;
  }
  const cols = await columns("contacts", [
    "from_party",
    "to_party",
    "started_at",
    "local_day",
    "local_hour",
    "weekday",
    "channel",
    "kind",
    "outcome",
    "is_connected",
  ]);
  const pairs = contactPairs(cols);
  const chosen = options(
    h("select"),
    pairs.map((pair, i) => [i, `${pairText(pair.from, pair.to)} (${number(pair.indexes.length)})`]),
  );
  const charts = h("div", { class: "charts" });
  const draw = () => charts.replaceChildren(...contactCharts(cols, pairs[Number(chosen.value)]));
  chosen.addEventListener("change", draw);
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Counts are of occurrences: a call that several sources record counts once. A party is a person only where case.toml attributes the number or account; otherwise the identifier stands.",
    ),
    h("div", { class: "filters" }, field("From and to", chosen)),
    charts,
  );
  draw();
  addEventListener("resize", debounce(draw, 200));
}

// Suspect to victim first, then by count.
function contactPairs(cols) {
  const held = new Map();
  cols.from_party.forEach((from, i) => {
    const key = `${from}\n${cols.to_party[i]}`;
    if (!held.has(key)) held.set(key, { from, to: cols.to_party[i], indexes: [] });
    held.get(key).indexes.push(i);
  });
  const rank = (pair) =>
    isRole(pair.from, "suspect") && isRole(pair.to, "victim")
      ? 0
      : isRole(pair.from, "victim") && isRole(pair.to, "suspect")
        ? 1
        : 2;
  return [...held.values()]
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        b.indexes.length - a.indexes.length ||
        (pairText(a.from, a.to) < pairText(b.from, b.to) ? -1 : 1),
    )
    .slice(0, 100);
}

function partOf(cols, i) {
  if (cols.kind[i] !== "call") return 2;
  return cols.is_connected[i] ? 0 : 1;
}

// Bars of a column: one for each entry of `keys`, stacked by what became of the contact.
function barsBy(cols, indexes, name, keys, about) {
  const lists = new Map(keys.map((key) => [key, [[], [], []]]));
  for (const i of indexes) lists.get(cols[name][i])?.[partOf(cols, i)].push(i);
  return keys.map((key) => ({
    ...about(key),
    parts: lists.get(key).map((list, p) => ({
      name: PART_NAMES[p],
      count: list.length,
      rows: () => rowsBehind("contacts", list),
    })),
  }));
}

function contactCharts(cols, pair) {
  const dated = pair.indexes.filter((i) => cols.local_day[i]);
  if (!dated.length)
    return [empty("No dated contact", "The records of this pair state no time that can be read.")];
  const between = pairText(pair.from, pair.to);
  const days = daySpan(dated.map((i) => cols.local_day[i]));
  const width = Math.max(240, byId("main").clientWidth - 40);
  const half = width > 780 ? (width - 64) / 2 : width;
  const pitch = Math.max(4, Math.min(40, (width - 56) / days.count));
  const markers = caseMarkers(days);
  const isKnown = pair.from && pair.to;
  const dayKeys = Array.from({ length: days.count }, (_, i) => dayOfNumber(days.first + i));
  const hours = Array.from({ length: 24 }, (_, i) => i);
  const byCount = (name) =>
    [...counted(dated.map((i) => cols[name][i])).entries()]
      .sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1))
      .map(([key]) => key);
  const labelled = (key) => ({ label: word(key), about: `${word(key)}, ${between}` });
  return [
    h(
      "figure",
      { class: "chart wide" },
      h("figcaption", {}, `Rhythm of contact, ${between}`),
      shadeLegend(),
      rhythmStrip(
        `Rhythm of contact, ${between}`,
        days,
        hourCells(cols, dated, days),
        isKnown ? markers : [],
        pitch,
      ),
    ),
    wide(
      barChart(
        `Contacts per day, ${between}`,
        barsBy(cols, dated, "local_day", dayKeys, (key) => ({
          label: key,
          short: shortDay(key),
          about: `${dayWords(key)}, ${between}`,
        })),
        {
          pitch,
          every: Math.max(1, Math.ceil(64 / pitch)),
          markers: markers.map((m) => ({ ...m, at: m.day, label: "" })),
          names: PART_NAMES,
        },
      ),
    ),
    barChart(
      "By hour of the day",
      barsBy(cols, dated, "local_hour", hours, (key) => ({
        label: `${String(key).padStart(2, "0")}:00 to ${String(key).padStart(2, "0")}:59`,
        short: String(key).padStart(2, "0"),
        about: `Hour ${String(key).padStart(2, "0")}, ${between}`,
      })),
      { pitch: (half - 46) / 24, every: 3, names: PART_NAMES },
    ),
    barChart(
      "By day of the week",
      barsBy(cols, dated, "weekday", [0, 1, 2, 3, 4, 5, 6], (key) => ({
        label: WEEKDAYS[key],
        short: WEEKDAYS[key].slice(0, 3),
        about: `${WEEKDAYS[key]}, ${between}`,
      })),
      { pitch: (half - 46) / 7, names: PART_NAMES },
    ),
    barChart("By channel", barsBy(cols, dated, "channel", byCount("channel"), labelled), {
      isRanked: true,
      names: PART_NAMES,
    }),
    barChart(
      "By outcome as recorded",
      barsBy(cols, dated, "outcome", byCount("outcome"), labelled),
      { isRanked: true, names: PART_NAMES },
    ),
  ];
}

function wide(figure) {
  figure.classList.add("wide");
  return figure;
}

function shortDay(day) {
  const [, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]}`;
}

function daySpan(list) {
  const numbers = list.map(dayNumber);
  const first = numbers.reduce((a, b) => Math.min(a, b));
  const last = numbers.reduce((a, b) => Math.max(a, b));
  return { first, count: last - first + 1 };
}

function hourCells(cols, indexes, days) {
  const cells = new Map();
  for (const i of indexes) {
    const day = dayNumber(cols.local_day[i]) - days.first;
    const key = day * 24 + cols.local_hour[i];
    if (!cells.has(key)) cells.set(key, { day, hour: cols.local_hour[i], list: [] });
    cells.get(key).list.push(i);
  }
  return [...cells.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([, cell]) => ({
      ...cell,
      count: cell.list.length,
      rows: () => rowsBehind("contacts", cell.list),
    }));
}

// The moments of case.toml that a reader of these charts looks for.
function caseMarkers(days) {
  const moments = [
    ...META.case.knowledge.map((k) => ({
      at: instant(k.at),
      kind: "told",
      label: k.by ? `Told to stop, by ${k.by}` : "Told to stop",
    })),
    ...META.case.orders.map((o) => ({
      at: instant(o.served_at),
      kind: "order",
      label: `Order ${o.key} served`,
    })),
  ];
  return moments
    .map((m) => ({
      ...m,
      day: dayNumber(localDay(m.at)) - days.first,
      hour: Number(localParts(m.at).hour),
    }))
    .filter((m) => m.day >= 0 && m.day < days.count);
}
