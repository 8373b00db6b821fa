// The diary check: each entry, its interval, its outcome, and every candidate, also those that do not help.

const OUTCOME_TONES = {
  supported: "tag-good",
  partly: "tag-part",
  no_data: "",
  data_but_nothing: "tag-warn",
  contradicted: "tag-bad",
};

section({
  id: "diary",
  title: "Diary check",
  count: () => countOf("diary_checks"),
  build: buildDiary,
});

async function buildDiary(page) {
  if (!hasTable("diary_checks")) {
    page.append(
      empty(
        "No diary entry",
        "None of the exhibits is a diary or log in a layout that a reader knows. The exhibits page lists every file and its reader.",
      ),
    );
    return;
  }
  const entries = await records("diary_checks");
  const outcomes = [...counted(entries.map((e) => e.outcome)).entries()].sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  );
  const list = h("div", { class: "cards" });
  const choice = options(h("select"), [
    ["", `Every outcome (${entries.length})`],
    ...outcomes.map(([key, count]) => [key, `${word(key)} (${count})`]),
  ]);
  const draw = () =>
    list.replaceChildren(
      ...entries.filter((e) => !choice.value || e.outcome === choice.value).map(diaryCard),
    );
  choice.addEventListener("change", draw);
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "The windows were set from the words of the entry before the records were looked at. All candidates are shown, also those that do not help.",
    ),
    barChart(
      "Outcomes",
      outcomes.map(([key, count]) => ({
        label: word(key),
        about: `Diary entries, ${lower(key)}`,
        parts: [
          {
            name: "",
            count,
            rows: () =>
              rowsBehind(
                "diary_checks",
                entries.filter((e) => e.outcome === key).map((e) => e.index),
              ),
          },
        ],
      })),
      { isRanked: true },
    ),
    h("div", { class: "filters" }, field("Outcome", choice)),
    list,
    ...relatedFindings("diary"),
  );
  draw();
}

function diaryCard(entry) {
  const rows = isNothing(entry.entry_row_id) ? [] : [entry.entry_row_id];
  return h(
    "article",
    { class: "card" },
    h(
      "header",
      {},
      h("h2", { class: "card-title" }, `Entry ${entry.entry_no ?? ""}`),
      tag(word(entry.outcome), OUTCOME_TONES[entry.outcome] ?? ""),
      entry.is_private ? tag("private", "tag-warn") : "",
    ),
    h("blockquote", {}, said(entry.words)),
    facts([
      ["Time in the entry", said(entry.time_words)],
      [
        "Window searched",
        isNothing(entry.from_at)
          ? "no window could be set"
          : `${localTime(entry.from_at)} to ${localTime(entry.to_at)}`,
      ],
      ["Reason", said(entry.reason)],
      [
        "Chance rate",
        isNothing(entry.chance_rate)
          ? null
          : `${percent(entry.chance_rate)} of shifted windows hold such a record`,
      ],
    ]),
    candidates(entry),
    h(
      "p",
      {},
      rows.length
        ? leadButton("Entry as written", `Diary entry ${entry.entry_no}`, () => rows)
        : "",
      " ",
      entry.row_ids?.length
        ? leadButton(
            plural(entry.row_ids.length, "row"),
            `All rows weighed for diary entry ${entry.entry_no}`,
            () => rowsBehind("diary_checks", [entry.index]),
          )
        : "",
    ),
  );
}

function candidates(entry) {
  const found = parsed(entry.candidates);
  if (!found.length) return h("p", { class: "quiet" }, "No candidate record in the window.");
  return details(
    plural(found.length, "candidate"),
    dataTable(
      `Candidates for entry ${entry.entry_no}`,
      ["When", "Record", "Helps", "Why", "Rows"],
      found.map((c) => [
        c.started_at
          ? localTime(
              typeof c.started_at === "number" ? c.started_at : instant(zoned(c.started_at)),
            )
          : "",
        said(c.label),
        c.helps ? "yes" : "no",
        said(c.why),
        leadButton("Rows", `Candidate: ${c.label}`, () =>
          (c.row_ids ?? []).map((id) => META.row_index[id]).filter((row) => row !== undefined),
        ),
      ]),
    ),
  );
}

// Times without a zone in the package are UTC.
const zoned = (iso) => (/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso.replace(" ", "T")}Z`);

function parsed(text) {
  if (!text) return [];
  try {
    return JSON.parse(text);
  } catch {
    return [{ label: text, helps: false, why: "", row_ids: [] }];
  }
}
