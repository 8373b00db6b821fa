// Findings: every value with its unit, trace code and rows; method, settings and caveats beside it.

const CARDS = 12;

section({
  id: "findings",
  title: "Findings",
  count: () => META.findings.length,
  build: buildFindings,
});

async function buildFindings(page) {
  if (!META.findings.length) {
    page.append(
      empty(
        "No finding",
        "No analysis found anything to say about these exhibits, or no row could be read.",
      ),
    );
    return;
  }
  const analyses = [...counted(META.findings.map((f) => f.analysis)).entries()];
  const choice = options(h("select"), [
    ["", `Every question (${META.findings.length})`],
    ...analyses.map(([name, count]) => [name, `${word(name)} (${count})`]),
  ]);
  const code = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const list = h("div", {});
  const draw = () => {
    const wanted = code.value.trim().toLowerCase();
    const kept = META.findings.filter(
      (f) =>
        (!choice.value || f.analysis === choice.value) &&
        (!wanted || findingWords(f).includes(wanted)),
    );
    list.replaceChildren(
      kept.length
        ? grown(kept, CARDS, (shown) => h("div", { class: "cards" }, shown.map(findingCard)))
        : empty("No finding fits", "Try fewer words, or every question."),
    );
  };
  choice.addEventListener("change", draw);
  code.addEventListener("input", debounce(draw, 120));
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Each number opens the rows behind it. The trace code stands for the same number in every output of this package; fourfold trace follows it too.",
    ),
    h("div", { class: "filters" }, field("Question", choice), field("Trace code or words", code)),
    list,
  );
  draw();
}

const findingWords = (f) =>
  `${f.finding_id} ${f.title} ${f.statement} ${f.values.map((v) => `${v.code} ${v.name}`).join(" ")}`.toLowerCase();

function findingCard(finding) {
  return h(
    "article",
    { class: "card finding" },
    h(
      "header",
      {},
      h("h2", { class: "card-title" }, said(finding.title)),
      h("code", { class: "code" }, finding.finding_id),
      finding.evidence_class ? tag(`class ${finding.evidence_class}`, "tag-act") : "",
    ),
    h("p", { class: "statement" }, said(finding.statement)),
    finding.values.length ? valueTable(finding.title, finding.values) : "",
    Object.entries(finding.series)
      .filter(([, values]) => values.length)
      .map(([name, values]) =>
        lazyDetails(`${word(name)}: ${plural(values.length, "value")}`, () =>
          pagedTable(`${finding.title}: ${word(name)}`, VALUE_HEAD, values.slice(), valueLine),
        ),
      ),
    finding.caveats.length
      ? h(
          "ul",
          { class: "caveats" },
          finding.caveats.map((text) => h("li", {}, said(text))),
        )
      : "",
    lazyDetails("Question, method and settings", () =>
      facts([
        ["Question", said(finding.question)],
        ["Method", said(finding.method)],
        ["Analysis", said(`${finding.analysis} ${finding.version}`)],
        ["Period", finding.period ? said(finding.period.join(" to ")) : null],
        ["Pair", finding.pair ? said(finding.pair.join(" to ")) : null],
        ...Object.entries(finding.settings).map(([name, value]) => [
          word(name),
          said(plain(value)),
        ]),
        ...Object.entries(finding.counts_tried).map(([name, value]) => [
          `Tried: ${lower(name)}`,
          number(value),
        ]),
        ...Object.entries(finding.details).map(([name, value]) => [word(name), said(plain(value))]),
      ]),
    ),
    leadsToRows(finding)
      ? h(
          "p",
          {},
          leadButton("All rows of this finding", finding.title, () => rowsOfAnswer(finding), {
            "data-code": finding.finding_id,
          }),
        )
      : "",
  );
}

const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));
const VALUE_HEAD = ["What", { label: "Value", numeric: true }, "Unit", "Trace code"];
const valueLine = (value) => [
  said(word(value.name)),
  answerButton(value, word(value.name)),
  said(value.unit),
  value.code ? h("code", { class: "code" }, value.code) : "",
];
const valueTable = (title, values) => dataTable(title, VALUE_HEAD, values.map(valueLine));

// The findings of an analysis, for the page that shows its tables.
function relatedFindings(analysis) {
  const found = META.findings.filter((f) => f.analysis === analysis);
  if (!found.length) return [];
  return [
    heading(2, "What the findings state"),
    statementList(found, 12),
    h("p", {}, h("a", { href: "#findings" }, "Values, method and settings of every finding")),
  ];
}
