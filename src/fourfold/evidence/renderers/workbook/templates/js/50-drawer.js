// The drawer: the source rows behind whatever was activated, as they stand in the exhibits.

const PAGE_ROWS = 20;
const EVENT_FIELDS_HIDDEN = new Set(["row_ids", "codes", "event_ordinal"]);
const HIDDEN_MARKS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

let drawerTurn = 0;

// what: {title, value, rows, code, note}
async function openRows(what) {
  const turn = (drawerTurn += 1);
  const dialog = byId("drawer");
  byId("drawer-title").textContent = what.title;
  byId("drawer-value").replaceChildren(
    h("span", { class: "drawer-number" }, said(what.value ?? "")),
    what.code ? h("code", { class: "code", title: "trace code" }, what.code) : "",
  );
  const body = byId("drawer-body");
  body.replaceChildren(h("p", { class: "quiet" }, "Unpacking the rows."));
  if (!dialog.open) dialog.showModal();
  body.scrollTop = 0;
  const rows = await what.rows();
  if (turn !== drawerTurn) return;
  body.replaceChildren();
  if (what.note) body.append(note(what.note));
  if (!rows.length) {
    body.append(
      empty(
        "No row stands behind this",
        "The figure states that nothing was found, or it comes from case.toml and not from an exhibit.",
      ),
    );
    return;
  }
  body.append(
    h(
      "p",
      { class: "drawer-count" },
      plural(rows.length, "source row"),
      rows.length > PAGE_ROWS ? ", in the order of the exhibits" : "",
    ),
  );
  await appendRows(body, rows, 0, turn);
}

async function appendRows(body, rows, start, turn) {
  const shown = rows.slice(start, start + PAGE_ROWS);
  const cards = await Promise.all(shown.map(rowCard));
  if (turn !== drawerTurn) return;
  body.append(...cards);
  const rest = rows.length - start - shown.length;
  if (rest <= 0) return;
  const more = h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: async () => {
        const first = body.children.length - 1;
        more.remove();
        await appendRows(body, rows, start + PAGE_ROWS, turn);
        body.children[first]?.querySelector("button, summary")?.focus();
      },
    },
    `Show ${Math.min(rest, PAGE_ROWS)} more of ${number(rest)}`,
  );
  body.append(more);
}

async function rowCard(row) {
  const ledger = await columns("ledger", [
    "code",
    "exhibit_id",
    "locator",
    "state",
    "reason",
    "note",
    "merged_into",
  ]);
  const exhibit = EXHIBITS.get(ledger.exhibit_id[row]) ?? {};
  const [text, events] = await Promise.all([verbatimOf(row), eventsOfRow(row)]);
  const reader = events[0]?.reader ?? exhibit.reader;
  const version = events[0]?.reader_version ?? exhibit.reader_version;
  const id = await rowIdOf(exhibit.sha256, ledger.locator[row]);
  const codes = new Set(
    [
      ledger.code[row],
      ...events.flatMap((event) => event.codes),
      ...(await Promise.all(events.map(eventIdOf))),
    ].filter(Boolean),
  );
  const citation = [
    `${exhibit.ref ?? ""} ${exhibit.exhibit_file ?? ""}`,
    `SHA-256 ${exhibit.sha256 ?? ""}`,
    `${ledger.locator[row]}`,
    `row ${ledger.code[row] ?? ""} (${id})`,
    `reader ${reader ?? ""} ${version ?? ""}`,
    text ?? "",
  ].join("\n");
  return h(
    "article",
    { class: `row-card state-${ledger.state[row]}` },
    h(
      "header",
      {},
      h(
        "h3",
        {},
        said(exhibit.ref ?? "exhibit"),
        " ",
        h("span", { class: "locator" }, said(ledger.locator[row])),
      ),
      tag(word(ledger.state[row]), `tag-${ledger.state[row]}`),
    ),
    ledger.reason[row] &&
      h(
        "p",
        { class: "reason" },
        h("strong", {}, word(ledger.reason[row])),
        ": ",
        META.row_reasons[ledger.reason[row]] ?? "",
        ledger.note[row] ? [" (", said(ledger.note[row]), ")"] : "",
      ),
    !ledger.reason[row] && ledger.note[row] && h("p", {}, said(ledger.note[row])),
    !isNothing(ledger.merged_into[row]) &&
      h("p", {}, "Repeats row ", said(ledger.code[ledger.merged_into[row]])),
    h(
      "pre",
      {
        class: "verbatim",
        tabindex: "0",
        "aria-label": "Text of the row as it stands in the file",
      },
      h("bdi", { dir: "auto" }, markedText(text)),
    ),
    facts([
      ["File", said(exhibit.exhibit_file)],
      ["SHA-256", h("code", { class: "hash" }, exhibit.sha256 ?? "")],
      ["Where in the file", said(ledger.locator[row])],
      ["Reader", said(`${reader ?? "none"} ${version ?? ""}`)],
      [
        "Trace codes",
        h(
          "span",
          {},
          [...codes].map((code) => [h("code", { class: "code" }, code), " "]),
        ),
      ],
      ["Row id", h("code", {}, id)],
    ]),
    events.map(eventFacts),
    h(
      "p",
      { class: "row-actions" },
      copyButton("Copy reference and text", citation),
      " ",
      copyButton("Copy text alone", text ?? ""),
    ),
  );
}

// Marks that cannot be seen are written out; the copy button gives the text untouched.
function markedText(text) {
  if (isNothing(text)) return "(no text kept)";
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(HIDDEN_MARKS)) {
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.push(text.slice(last, match.index), h("span", { class: "mark" }, `U+${code}`));
    last = match.index + match[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

async function eventsOfRow(row) {
  const held = await holders("events", "row_ids");
  const merged = await column("ledger", "merged_into");
  const indexes = held.get(row) ?? held.get(merged[row]) ?? [];
  if (!indexes.length) return [];
  const [cols, occurrences, names] = await Promise.all([
    allColumns("events"),
    holders("occurrences", "event_ids"),
    columns("occurrences", ["occurrence_id"]),
  ]);
  return indexes.map((index) => {
    const event = Object.fromEntries(Object.keys(cols).map((name) => [name, cols[name][index]]));
    event.codes = (occurrences.get(index) ?? []).map((i) => names.occurrence_id[i]);
    return event;
  });
}

function eventFacts(event) {
  const times = new Set(["started_at", "ended_at"]);
  const pairs = Object.entries(event)
    .filter(
      ([name, value]) =>
        !EVENT_FIELDS_HIDDEN.has(name) &&
        !isNothing(value) &&
        value !== "" &&
        value !== false &&
        value !== "none",
    )
    .map(([name, value]) => [
      name,
      times.has(name)
        ? [localTime(value), h("br"), h("span", { class: "quiet" }, utcTime(value))]
        : said(
            Array.isArray(value)
              ? value.join(", ")
              : typeof value === "number"
                ? String(value)
                : value === true
                  ? "yes"
                  : value,
          ),
    ]);
  return details(["What the reader made of it: ", lower(event.kind)], facts(pairs));
}

// The id is computed here from the hash and the place in the file, as the engine does.
async function rowIdOf(sha256, locator) {
  if (!globalThis.crypto?.subtle || !sha256) return "";
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(`${sha256}\n${locator}`),
  );
  return [...new Uint8Array(digest).slice(0, 8)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

// An event's id is the id of the row that states it, and its ordinal in that row.
async function eventIdOf(event) {
  const ledger = await columns("ledger", ["exhibit_id", "locator"]);
  const [row] = event.row_ids;
  const id = await rowIdOf(EXHIBITS.get(ledger.exhibit_id[row])?.sha256, ledger.locator[row]);
  return id && `${id}.${event.event_ordinal}`;
}

function copyButton(label, text) {
  const button = h(
    "button",
    { type: "button", class: "button button-quiet", onclick: () => copyText(text, button, label) },
    label,
  );
  return button;
}

async function copyText(text, button, label) {
  let isDone = false;
  try {
    await navigator.clipboard.writeText(text);
    isDone = true;
  } catch {
    const area = h("textarea", { class: "hidden", "aria-hidden": "true" });
    area.value = text;
    button.after(area);
    area.select();
    isDone = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = isDone ? "Copied" : "Copy was refused";
  announce(button.textContent);
  setTimeout(() => (button.textContent = label), 2000);
}
