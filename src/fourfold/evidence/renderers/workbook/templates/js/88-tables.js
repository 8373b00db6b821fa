// Devices, gaps, third parties: tables that analyses made, with their rows.

const PAGE_RECORDS = 50;

// Records that grow by a button, so that ten thousand do not stand at once.
function grown(all, step, draw) {
  const holder = h("div", {});
  const show = (count) => {
    const rest = all.length - count;
    const more = () => {
      show(count + step);
      holder.querySelector(":scope > .button")?.focus();
    };
    holder.replaceChildren(
      draw(all.slice(0, count)),
      rest > 0
        ? h(
            "button",
            { type: "button", class: "button", onclick: more },
            `Show ${Math.min(rest, step)} more of ${number(rest)}`,
          )
        : "",
    );
  };
  show(step);
  return holder;
}

const pagedTable = (caption, head, all, cells, step = PAGE_RECORDS) =>
  grown(all, step, (shown) => dataTable(caption, head, shown.map(cells)));

section({
  id: "devices",
  title: "Devices",
  count: () => countOf("device_changes"),
  build: buildDevices,
});

async function buildDevices(page) {
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Changes between numbers, SIMs and handsets as the records show them. Each stands with more than one explanation; none is chosen here.",
    ),
  );
  if (!hasTable("device_changes"))
    page.append(
      empty(
        "No change of device or SIM",
        "The records name no number with two SIMs or handsets, or no IMEI and IMSI were supplied.",
      ),
    );
  else {
    const all = await records("device_changes");
    page.append(
      pagedTable(
        "Changes of device and SIM",
        ["When", "What the records show", "Line and device", "Possible explanations", "Rows"],
        all,
        (c) => [
          c.before_at === c.at ? moment(c.at) : [moment(c.before_at), h("br"), "to ", moment(c.at)],
          [word(c.kind), h("br"), h("span", { class: "quiet" }, said(c.other))],
          lineAndDevice(c),
          h(
            "ul",
            {},
            (c.explanations ?? []).map((text) => h("li", {}, said(text))),
          ),
          leadButton(`${c.row_ids?.length ?? 0}`, `${word(c.kind)}, ${localTime(c.at)}`, () =>
            rowsBehind("device_changes", [c.index]),
          ),
        ],
      ),
    );
  }
  await appendStints(page);
  page.append(...relatedFindings("devices"));
}

function lineAndDevice(change) {
  const parts = [
    ["", change.number],
    ["IMEI ", change.imei],
    ["IMSI ", change.imsi],
  ].filter(([, value]) => value);
  return parts.map(([label, value], i) => [i ? h("br") : "", label, said(value)]);
}

async function appendStints(page) {
  if (!hasTable("device_stints")) return;
  const all = await records("device_stints");
  page.append(
    heading(2, "Number, SIM and handset used together"),
    pagedTable(
      "Number, SIM and handset used together",
      [
        "Number",
        "IMSI",
        "IMEI, first 14 digits",
        "Attributed to",
        "First record",
        "Last record",
        { label: "Records", numeric: true },
      ],
      all,
      (s) => [
        said(s.number),
        said(s.imsi),
        said(s.imei14),
        party(s.person),
        moment(s.first_at),
        moment(s.last_at),
        leadButton(
          number(s.events ?? 0),
          `Records of ${s.number} with IMSI ${s.imsi ?? "not stated"}`,
          () => rowsBehind("device_stints", [s.index]),
        ),
      ],
    ),
  );
}

section({ id: "gaps", title: "Gaps", count: () => countOf("gaps"), build: buildGaps });

async function buildGaps(page) {
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "What the exhibits cover, and what they do not. No record in the data supplied is not the same as nothing having happened.",
    ),
    coverageChart(),
  );
  if (!hasTable("gaps"))
    page.append(
      empty(
        "No gap found",
        "Every source covers the period of the case, or no source states its period.",
      ),
    );
  else {
    const all = await records("gaps");
    page.append(
      heading(2, "Gaps"),
      pagedTable(
        "Gaps found",
        [
          "Source",
          "Person",
          "From",
          "To",
          { label: "Days", numeric: true },
          "Kind",
          "Ask by",
          "Rows",
        ],
        all,
        (g) => [
          said(word(g.source)),
          g.person ? party(g.person) : "",
          moment(g.from_at),
          moment(g.to_at),
          isNothing(g.days) ? "" : number(g.days),
          word(g.kind),
          h("strong", {}, moment(g.ask_by)),
          g.row_ids?.length
            ? leadButton(number(g.row_ids.length), `Rows beside the gap ${g.gap_no}`, () =>
                rowsBehind("gaps", [g.index]),
              )
            : "none",
        ],
      ),
    );
  }
  page.append(...relatedFindings("gaps"));
}

// From the first to the last record of each exhibit; a bar is not a promise of what lies inside.
function coverageChart() {
  const dated = [...EXHIBITS.values()].filter(
    (e) => !isNothing(e.first_at) && !isNothing(e.last_at),
  );
  if (!dated.length) return "";
  const first = dated.map((e) => e.first_at).reduce((a, b) => Math.min(a, b));
  const span = Math.max(1, dated.map((e) => e.last_at).reduce((a, b) => Math.max(a, b)) - first);
  const rows = dated.map((e) => {
    const bar = h("span", { class: "cover-bar" });
    bar.style.marginInlineStart = `${((e.first_at - first) / span) * 100}%`;
    bar.style.width = `${Math.max(0.6, ((e.last_at - e.first_at) / span) * 100)}%`;
    return [
      h(
        "button",
        {
          type: "button",
          class: "lead",
          "aria-label": `${e.ref}: show its rows`,
          onclick: () =>
            openRows({
              title: e.ref,
              value: plural(e.rows_read ?? 0, "row"),
              rows: () =>
                rowsOfSelection({
                  table: "ledger",
                  conditions: [["exhibit_id", "=", e.exhibit_id]],
                }),
            }),
        },
        said(e.ref),
      ),
      said(e.exhibit_file.split("/").pop()),
      localShort(e.first_at),
      localShort(e.last_at),
      h("span", { class: "cover", "aria-hidden": "true" }, bar),
    ];
  });
  return h(
    "div",
    {},
    heading(2, "First to last record of each exhibit"),
    dataTable(
      "First and last record of each exhibit",
      ["Exhibit", "File", "First record", "Last record", "On the same scale"],
      rows,
      { class: "data covers" },
    ),
  );
}

section({
  id: "third-parties",
  title: "Third parties",
  count: () => countOf("third_parties"),
  build: buildThirdParties,
});

async function buildThirdParties(page) {
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Identifiers in the records besides those of suspect and victim. A shared one appears on both sides; that may have many reasons.",
    ),
  );
  if (!hasTable("third_parties"))
    page.append(
      empty(
        "No third party",
        "Every identifier in the records is attributed to the suspect or the victim, or nobody is attributed.",
      ),
    );
  else {
    const all = await records("third_parties");
    const shared = all.filter((t) => t.is_shared);
    const rest = all.filter((t) => !t.is_shared);
    const head = [
      "Identifier",
      "Attributed to",
      { label: "Suspect's side", numeric: true },
      { label: "Victim's side", numeric: true },
      "First",
      "Last",
      "Channels",
    ];
    const cells = (t) => [
      said(t.identifier ?? t.party),
      party(t.person),
      leadButton(number(t.side_a_count ?? 0), `Records of ${t.identifier ?? t.party}`, () =>
        rowsBehind("third_parties", [t.index]),
      ),
      leadButton(number(t.side_b_count ?? 0), `Records of ${t.identifier ?? t.party}`, () =>
        rowsBehind("third_parties", [t.index]),
      ),
      moment(t.first_at),
      moment(t.last_at),
      (t.channels ?? []).map(word).join(", "),
    ];
    page.append(
      heading(2, "On both sides"),
      shared.length
        ? pagedTable("Identifiers on both sides", head, shared, cells)
        : empty(
            "None on both sides",
            "No identifier has contact with both sides in the data supplied.",
          ),
      heading(2, "On one side"),
      rest.length
        ? pagedTable("Identifiers on one side", head, rest, cells)
        : empty("None", "There is no further identifier."),
    );
  }
  page.append(...relatedFindings("others"));
}
