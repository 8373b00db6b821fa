// Exhibits and ledger: for every file rows read = used + merged + set aside, and why.

section({
  id: "exhibits",
  title: "Exhibits and ledger",
  count: () => EXHIBITS.size,
  build: buildExhibits,
});

async function buildExhibits(page) {
  const all = [...EXHIBITS.values()];
  if (!all.length) {
    page.append(empty("No exhibit", "The case folder holds no file under exhibits/."));
    return;
  }
  const unread = all.filter((e) => e.state !== "read");
  if (unread.length) page.append(unreadPanel(unread));
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Rows read = used + merged + set aside, for every file. A merged row repeats another row of the same exhibit exactly. A row set aside is kept, counted and listed with its reason.",
    ),
    dataTable(
      "Exhibits and their rows",
      [
        "Exhibit",
        "File",
        "State",
        { label: "Read", numeric: true },
        { label: "Used", numeric: true },
        { label: "Merged", numeric: true },
        { label: "Set aside", numeric: true },
        "Balance",
        "Reader",
      ],
      all.map(exhibitLine),
    ),
    heading(2, "Rows set aside, by reason"),
    await asideTable(),
    heading(2, "Each exhibit"),
    ...(await Promise.all(all.map(exhibitDetails))),
  );
}

function ledgerButton(e, count, state) {
  if (!count) return "0";
  const conditions = [["exhibit_id", "=", e.exhibit_id], ...(state ? [["state", "=", state]] : [])];
  return leadButton(number(count), `${e.ref}, rows ${state ? lower(state) : "read"}`, () =>
    rowsOfSelection({ table: "ledger", conditions }),
  );
}

function exhibitLine(e) {
  const [read, used, merged, aside] = [
    e.rows_read ?? 0,
    e.rows_used ?? 0,
    e.rows_merged ?? 0,
    e.rows_set_aside ?? 0,
  ];
  const isEven = read === used + merged + aside;
  return [
    said(e.ref),
    h("span", { class: "path" }, said(e.exhibit_file)),
    e.state === "read" ? tag("read", "tag-good") : tag(word(e.state), "tag-bad"),
    ledgerButton(e, read),
    ledgerButton(e, used, "used"),
    ledgerButton(e, merged, "merged"),
    ledgerButton(e, aside, "set_aside"),
    isEven ? "balances" : tag("does not balance", "tag-bad"),
    said(e.reader ? `${e.reader} ${e.reader_version ?? ""}` : "none"),
  ];
}

async function asideTable() {
  const ledger = await columns("ledger", [
    "state",
    "reason",
    "exhibit_id",
    "code",
    "locator",
    "note",
  ]);
  const held = new Map();
  ledger.state.forEach((state, i) => {
    if (state !== "set_aside") return;
    if (!held.has(ledger.reason[i])) held.set(ledger.reason[i], []);
    held.get(ledger.reason[i]).push(i);
  });
  if (!held.size) return empty("No row set aside", "Every row read is used or merged.");
  const reasons = [...held.entries()].sort(
    (a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  );
  return h(
    "div",
    {},
    dataTable(
      "Reasons",
      ["Reason", "Meaning", { label: "Rows", numeric: true }],
      reasons.map(([reason, list]) => [
        word(reason),
        META.row_reasons[reason] ?? "",
        leadButton(number(list.length), `Rows set aside: ${word(reason)}`, () => list),
      ]),
    ),
    reasons.map(([reason, list]) =>
      lazyDetails(`${word(reason)}: ${plural(list.length, "row")}`, () =>
        pagedTable(
          `Rows set aside: ${word(reason)}`,
          ["Row", "Exhibit", "Where in the file", "Note"],
          list,
          (i) => [
            leadButton(ledger.code[i], "Row set aside", () => [i]),
            said(EXHIBITS.get(ledger.exhibit_id[i])?.ref),
            said(ledger.locator[i]),
            said(ledger.note[i]),
          ],
        ),
      ),
    ),
  );
}

function lazyDetails(summary, build) {
  const body = h("div", { class: "details-body" });
  const element = h("details", {}, h("summary", {}, summary), body);
  element.addEventListener("toggle", () => {
    if (element.open && !body.firstChild) body.append(build());
  });
  return element;
}

async function exhibitDetails(e) {
  const parts = (await once("parts by exhibit", partsByExhibit)).get(e.exhibit_id) ?? [];
  return lazyDetails([said(e.ref), ": ", said(e.exhibit_file)], () =>
    h(
      "div",
      {},
      facts(
        [
          ["SHA-256", h("code", { class: "hash" }, e.sha256)],
          ["Size", bytes(e.size_bytes ?? 0)],
          ["State", `${META.file_states[e.state] ?? e.state}`],
          ["Note", said(e.state_note)],
          ["Copy of", said(EXHIBITS.get(e.copy_of)?.ref ?? e.copy_of)],
          ["Producer", said(e.producer)],
          ["Received", said(e.received_at)],
          ["Authority", said((e.authority ?? []).join(", "))],
          ["From or about", said([e.person, e.device, e.identifier].filter(Boolean).join(", "))],
          ["Zone for times without one", said(e.zone_used)],
          ["Encoding", said(e.encoding)],
          ["First record", isNothing(e.first_at) ? null : localTime(e.first_at)],
          ["Last record", isNothing(e.last_at) ? null : localTime(e.last_at)],
          [
            "Warnings",
            (e.warnings ?? []).length
              ? h(
                  "ul",
                  {},
                  e.warnings.map((w) => h("li", {}, said(w))),
                )
              : null,
          ],
        ].filter(([, value]) => !isNothing(value) && value.textContent !== ""),
      ),
      parts.length > 1
        ? pagedTable(
            `Parts of ${e.ref}`,
            ["Part", "Size", "State", "Reader", { label: "Rows read", numeric: true }],
            parts,
            (p) => [
              said(p.part || "(the file itself)"),
              bytes(p.size_bytes ?? 0),
              said(
                p.state === "read"
                  ? "read"
                  : `${META.file_states[p.state] ?? p.state}${p.state_note ? `: ${p.state_note}` : ""}`,
              ),
              said(p.reader),
              number(p.rows_read ?? 0),
            ],
          )
        : "",
    ),
  );
}

async function partsByExhibit() {
  const held = new Map();
  for (const part of hasTable("parts") ? await records("parts") : []) {
    if (!held.has(part.exhibit_id)) held.set(part.exhibit_id, []);
    held.get(part.exhibit_id).push(part);
  }
  return held;
}
