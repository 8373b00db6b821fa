// The overview: what was read and not read, what the records state, and the limits.

section({ id: "overview", title: "Overview", build: buildOverview });

async function buildOverview(page) {
  const unread = [...EXHIBITS.values()].filter((e) => e.state !== "read");
  page.append(
    h("div", { class: "tiles" }, tiles().map(tile)),
    await ledgerPanel(),
    unread.length ? unreadPanel(unread) : note("Every file of the case folder was read."),
    heading(2, "What the records state"),
    statements(),
    heading(2, "Limits of these results"),
    limits(),
  );
}

// Counts that matter first; classes of coincidences are never added up.
function tiles() {
  const every = (table) => async () =>
    rowsBehind(
      table,
      Array.from({ length: countOf(table) }, (_, i) => i),
    );
  const read = [...EXHIBITS.values()].filter((e) => e.state === "read").length;
  const all = [
    { label: `of ${plural(EXHIBITS.size, "exhibit")} read`, value: read, to: "exhibits" },
    { label: "rows read", value: countOf("ledger"), rows: every("ledger"), to: "exhibits" },
    {
      label: "entries in the chronology",
      value: countOf("chronology"),
      rows: every("chronology"),
      to: "chronology",
    },
    ...contactTiles(),
    ...["A", "B", "C"]
      .map((name) =>
        answerTile(
          `coincidences_${name.toLowerCase()}`,
          "coincidences",
          `coincidences of class ${name}`,
          "coincidences",
        ),
      )
      .filter(Boolean),
    {
      label: "diary entries checked",
      value: countOf("diary_checks"),
      rows: every("diary_checks"),
      to: "diary",
    },
    { label: "gaps in what was supplied", value: countOf("gaps"), to: "gaps" },
    { label: "findings with trace codes", value: META.findings.length, to: "findings" },
  ];
  return all.slice(0, all.length - (all.length % 4 === 1 ? 1 : 0));
}

// The two directions between suspect and victim, as the analysis counted them.
function contactTiles() {
  const pairs = META.findings.filter((f) => f.kind === "contact_pair" && f.values.length);
  if (!pairs.length)
    return [
      {
        label: "contacts counted once each",
        value: countOf("contacts"),
        rows: async () =>
          rowsBehind(
            "contacts",
            Array.from({ length: countOf("contacts") }, (_, i) => i),
          ),
        to: "contact",
      },
    ];
  return pairs.slice(0, 2).map((f) => ({
    label: `contacts ${f.pair ? f.pair.join(" to ") : f.title}`,
    value: f.values[0].value,
    rows: () => rowsOfAnswer(f.values[0]),
    code: f.values[0].code,
    to: "contact",
  }));
}

function answerTile(kind, name, label, to) {
  const value = META.findings.find((f) => f.kind === kind)?.values.find((v) => v.name === name);
  return (
    value && { label, value: value.value, rows: () => rowsOfAnswer(value), code: value.code, to }
  );
}

function tile({ label, value, rows, to, code }) {
  const figure =
    rows && value
      ? leadButton(number(value), label, rows, { class: "lead tile-number", "data-code": code })
      : h("a", { class: "tile-number", href: `#${to}` }, number(value));
  return h(
    "div",
    { class: "tile" },
    figure,
    h("a", { class: "tile-label", href: `#${to}` }, label),
  );
}

async function ledgerPanel() {
  const states = ["used", "merged", "set_aside"];
  const ledger = await columns("ledger", ["state"]);
  const lists = states.map((state) => ledger.state.flatMap((s, i) => (s === state ? [i] : [])));
  const all = ledger.state.length;
  if (!all)
    return warning(
      h("strong", {}, "No row was read. "),
      "The exhibits page says of every file why.",
    );
  const bar = h("div", { class: "ledger-bar", "aria-hidden": "true" });
  lists.forEach((list, i) => {
    const piece = h("span", { class: `ledger-${states[i]}` });
    piece.style.flexGrow = String(list.length);
    bar.append(piece);
  });
  const figure = (i) =>
    leadButton(number(lists[i].length), `Rows ${lower(states[i])}`, () => lists[i], {
      class: `lead ledger-figure`,
    });
  return h(
    "div",
    { class: "panel" },
    h("h2", {}, "Every row is accounted for"),
    bar,
    h(
      "p",
      { class: "sum" },
      h("strong", {}, number(all)),
      " rows read = ",
      figure(0),
      " used + ",
      figure(1),
      " merged + ",
      figure(2),
      " set aside, each with a reason.",
    ),
  );
}

// Loud, but by reason: forty times the same words would hide the one that differs.
function unreadPanel(unread) {
  const held = new Map();
  for (const exhibit of unread) {
    if (!held.has(exhibit.state)) held.set(exhibit.state, []);
    held.get(exhibit.state).push(exhibit);
  }
  return warning(
    h(
      "strong",
      {},
      `${plural(unread.length, "file")} of the case folder ${unread.length === 1 ? "was" : "were"} not read.`,
    ),
    " Nothing in this workbook rests on them.",
    [...held.entries()].map(([state, list]) =>
      h(
        "div",
        {},
        h(
          "p",
          { class: "unread-reason" },
          META.file_states[state] ?? word(state),
          ` (${number(list.length)})`,
        ),
        h(
          "ul",
          { class: "files" },
          list.map((e) =>
            h(
              "li",
              {},
              h("strong", {}, said(e.ref)),
              " ",
              said(e.exhibit_file.replace(/^exhibits\//, "")),
            ),
          ),
        ),
      ),
    ),
    h("a", { href: "#exhibits" }, "What to do next stands beside each file"),
  );
}

const STATEMENTS_OF_A_KIND = 4;

function statements() {
  if (!META.findings.length)
    return empty(
      "No finding",
      "No analysis found anything to say about these exhibits, or no row could be read.",
    );
  const held = new Map();
  for (const finding of META.findings) {
    if (!held.has(finding.analysis)) held.set(finding.analysis, []);
    held.get(finding.analysis).push(finding);
  }
  return h(
    "div",
    { class: "statement-groups" },
    [...held.entries()].map(([analysis, findings]) =>
      h(
        "div",
        { class: "statement-group" },
        h("h3", {}, word(analysis)),
        statementList(findings, STATEMENTS_OF_A_KIND),
      ),
    ),
  );
}

// At most so many findings of one kind, so that a long diary does not push the rest away.
function statementList(findings, most) {
  const seen = new Map();
  const shown = findings.filter((f) => {
    seen.set(f.kind, (seen.get(f.kind) ?? 0) + 1);
    return seen.get(f.kind) <= most;
  });
  const rest = findings.length - shown.length;
  return h(
    "div",
    {},
    h("ul", { class: "statements" }, shown.map(statementLine)),
    rest
      ? h("p", {}, h("a", { href: "#findings" }, `${number(rest)} more on the findings page`))
      : "",
  );
}

function statementLine(finding) {
  const rows = leadsToRows(finding) || finding.values.some(leadsToRows);
  return h(
    "li",
    {},
    said(finding.statement),
    " ",
    rows
      ? leadButton(finding.finding_id, finding.title, () => rowsOfFinding(finding), {
          class: "lead code",
          "data-code": finding.finding_id,
        })
      : h("code", { class: "code" }, finding.finding_id),
  );
}

async function rowsOfFinding(finding) {
  if (leadsToRows(finding)) return rowsOfAnswer(finding);
  return distinctSorted(await Promise.all(finding.values.map(rowsOfAnswer)));
}

function limits() {
  return h(
    "ul",
    { class: "limits" },
    [
      "A record states what a device, a line or an account did. Who used it is attribution, kept apart, and is as case.toml states it.",
      "A cell record names the cell used. It does not give a position of the handset; phones need not use the closest mast.",
      "Absence of a record means: no record in the data supplied. The gaps page lists what was not supplied.",
      "Two devices in one place and time by their records is a coincidence with a class and a chance control; it is not a statement about people.",
      "Times are kept as the source gives them and converted once; the basis of every conversion stands with the row.",
    ].map((text) => h("li", {}, text)),
  );
}
