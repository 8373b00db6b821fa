// The case file as given, and how these results were made.

section({ id: "case", title: "Case file", build: buildCase });

async function buildCase(page) {
  const c = META.case;
  if (!c.has_case_file)
    page.append(
      warning(
        h("strong", {}, "There is no case.toml. "),
        "Nobody is attributed, no order and no authority is known, and times without a zone are read in ",
        c.display_zone,
        ".",
      ),
    );
  const or = (list, title, why, draw) => (list.length ? draw() : empty(title, why));
  const at = (iso) => (iso ? localTime(instant(iso)) : "open");
  page.append(
    heading(2, "People"),
    or(c.people, "No person", "case.toml names nobody.", () =>
      dataTable(
        "People",
        ["Key", "Role", "Name"],
        c.people.map((p) => [said(p.key), word(p.role), said(p.name)]),
      ),
    ),
    heading(2, "Attributions"),
    note(
      "An attribution says whose an identifier is said to be, on a basis. It does not say who used it at a moment.",
    ),
    await attributionTable(),
    heading(2, "Places"),
    or(c.places, "No place", "case.toml names no place.", () =>
      dataTable(
        "Places",
        ["Place", "Whose", "Latitude", "Longitude", "Radius, m", "Marked"],
        c.places.map((p) => [
          said(p.label || p.key),
          party(p.whose),
          String(p.lat),
          String(p.lon),
          number(p.radius_m),
          p.is_sensitive ? tag("sensitive: never in a served copy", "tag-bad") : "not marked",
        ]),
      ),
    ),
    heading(2, "Told to stop"),
    or(
      c.knowledge,
      "No such moment",
      "case.toml states no moment at which anybody was told to stop.",
      () =>
        dataTable(
          "Told to stop",
          ["When", "Who was told", "By", "How", "Words"],
          c.knowledge.map((k) => [
            at(k.at),
            party(k.person),
            said(k.by),
            said(k.how),
            said(k.words),
          ]),
        ),
    ),
    heading(2, "Orders"),
    or(c.orders, "No order", "case.toml states no order.", () =>
      h(
        "div",
        { class: "cards" },
        c.orders.map((o) => orderCard(o, at)),
      ),
    ),
    heading(2, "Authorities"),
    or(
      c.authorities,
      "No authority",
      "case.toml names no authority; no row is set aside for lying outside one.",
      () =>
        dataTable(
          "Authorities",
          ["Reference", "Kind", "From", "To", "Scope"],
          c.authorities.map((a) => [
            said(a.ref),
            word(a.kind),
            at(a.from_at),
            at(a.to_at),
            said((a.scope ?? []).join(", ")),
          ]),
        ),
    ),
    c.notes.length
      ? h(
          "div",
          {},
          heading(2, "Oddities of case.toml"),
          h(
            "ul",
            {},
            c.notes.map((text) => h("li", {}, said(text))),
          ),
        )
      : "",
  );
}

async function attributionTable() {
  if (!hasTable("attributions"))
    return empty(
      "No attribution",
      "Identifiers stand for themselves; no person is named beside them.",
    );
  const all = await records("attributions");
  return pagedTable(
    "Attributions",
    ["Identifier", "Person", "From", "To", "Strength", "Basis", "Stated by"],
    all,
    (a) => [
      said(a.identifier),
      party(a.person),
      isNothing(a.from_at) ? "open" : localTime(a.from_at),
      isNothing(a.to_at) ? "open" : localTime(a.to_at),
      a.strength === "accepted" ? "accepted" : tag(a.strength ?? "not stated", "tag-warn"),
      said(a.basis),
      said(a.stated_by),
    ],
  );
}

function orderCard(o, at) {
  return h(
    "article",
    { class: "card" },
    h("header", {}, h("h3", { class: "card-title" }, said(word(o.kind)), " ", said(o.key))),
    facts([
      ["Defendant", party(o.defendant)],
      ["Protected", o.protected.map((p) => [party(p), " "])],
      ["Court", said(o.court)],
      ["Made", o.made_at ? at(o.made_at) : null],
      ["Served", at(o.served_at)],
      ["Until", at(o.until)],
      ["Service", said(o.service)],
    ]),
    o.terms.length
      ? dataTable(
          `Terms of ${o.key}`,
          ["Term", "Kind", "Text", "Exceptions"],
          o.terms.map((t) => [
            said(t.key),
            word(t.kind),
            said(t.text),
            h(
              "ul",
              {},
              t.exceptions.map((x) => h("li", {}, said(x.text))),
            ),
          ]),
        )
      : "",
  );
}

section({ id: "method", title: "Method and limits", build: buildMethod });

async function buildMethod(page) {
  const analyses = new Map(META.findings.map((f) => [`${f.analysis} ${f.version}`, f]));
  page.append(
    heading(2, "How a row becomes a figure"),
    h(
      "ol",
      { class: "steps" },
      [
        "Each file is sealed with its SHA-256 before it is opened. The copy in originals/ is the file as received.",
        "Exactly one reader, or none, recognises each file by its content. Every row gets a place in the file, an id from the file's hash and that place, and a fate: used, merged or set aside.",
        "A used row becomes events: one record's meaning in one shape. Times are converted once, and the basis of the conversion is kept.",
        "Events that record one happening are joined to an occurrence, so that nothing is counted twice. Where another join was possible the records stay apart.",
        "An analysis selects from these tables. Its figures are selections, and this page runs the same selection again when you open a number.",
      ].map((text) => h("li", {}, text)),
    ),
    heading(2, "To check a figure"),
    h(
      "p",
      {},
      "Open the number. Take the file named there, compute its SHA-256, go to the place given, and compare the text. The same package can be made again from the same case folder: the tables are identical byte for byte.",
    ),
    heading(2, "Limits"),
    limits(),
    heading(2, "Analyses"),
    analyses.size
      ? dataTable(
          "Analyses",
          ["Analysis", "Question", "Method"],
          [...analyses.entries()].map(([name, f]) => [
            said(name),
            said(f.question),
            said(f.method),
          ]),
        )
      : empty("No analysis ran", "There was no finding."),
    heading(2, "This run"),
    dataTable(
      "Facts of this run",
      ["Fact", "Value"],
      Object.entries(META.facts).map(([name, value]) => [
        said(name.replaceAll("_", " ")),
        said(value),
      ]),
    ),
    heading(2, "Tables in this workbook"),
    dataTable(
      "Tables",
      ["Table", { label: "Records", numeric: true }],
      Object.entries(META.tables).map(([name, table]) => [said(name), number(table.rows)]),
    ),
  );
}
