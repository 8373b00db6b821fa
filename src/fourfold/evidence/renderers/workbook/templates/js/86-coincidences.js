// Coincidences: classes apart, each with its chance control, and the periods in conflict.

const CLASSES = {
  A: [
    "Class A: device fixes",
    "Fixes of both devices that agree in time and place within the printed settings. The distance and the supplied accuracies stand beside each.",
  ],
  B: [
    "Class B: same cell",
    "Both devices used the same cell identity in overlapping intervals. The records are not inconsistent with both having been in the area served, whose extent is not known.",
  ],
  C: [
    "Class C: different cells of neighbouring sites",
    "For investigation only, never for an evidential report.",
  ],
};

section({ id: "coincidences", title: "Coincidences", build: buildCoincidences });

async function buildCoincidences(page) {
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Records of two devices that agree in time and place. The chance rate is how often the same comparison agrees when one device's records are shifted by days and weeks: a high rate means that the agreement says little.",
    ),
  );
  if (!hasTable("coincidences"))
    page.append(
      empty(
        "No coincidence",
        "Fewer than two attributed devices have positions or cells in overlapping periods, or none agree within the printed settings. The findings page gives the comparisons made.",
      ),
    );
  const all = hasTable("coincidences") ? await records("coincidences") : [];
  for (const [name, [title, meaning]] of Object.entries(CLASSES)) {
    const held = all.filter((c) => c.class === name);
    if (!all.length) break;
    page.append(heading(2, title), h("p", {}, meaning));
    if (name === "C" && held.length)
      page.append(warning(h("strong", {}, "Investigative use only.")));
    page.append(
      held.length
        ? pagedCoincidences(title, held)
        : empty(
            `No coincidence of class ${name}`,
            "No pair of records agrees within the printed settings.",
          ),
    );
  }
  await appendContradictions(page);
  page.append(...relatedFindings("coincidence"));
}

function pagedCoincidences(title, held) {
  return pagedTable(
    title,
    ["Code", "When", "Records of", "Agreement", "Chance control", "Usual place"],
    held,
    (c) => [
      leadButton(c.coincidence_id, `Coincidence ${c.coincidence_id}, class ${c.class}`, () =>
        rowsBehind("coincidences", [c.index]),
      ),
      spanWords(c.started_at, c.ended_at),
      h(
        "span",
        {},
        device(c.subject_a, c.person_a),
        h("br"),
        device(c.subject_b, c.person_b),
        c.strength && c.strength !== "accepted"
          ? [h("br"), tag(`attribution ${c.strength}`, "tag-warn")]
          : "",
      ),
      agreement(c),
      chanceWords(c),
      said(c.explained_by ?? "none shown"),
    ],
    20,
  );
}

function agreement(c) {
  const lines = [
    isNothing(c.pairs)
      ? ""
      : leadButton(plural(c.pairs, "pair"), `Record pairs of ${c.coincidence_id}`, () =>
          rowsBehind("coincidences", [c.index]),
        ),
    c.class === "A"
      ? `least distance ${isNothing(c.min_distance_m) ? "not known" : `${number(c.min_distance_m)} m`}; accuracies together ${isNothing(c.uncertainty_m) ? "not stated" : `${number(c.uncertainty_m)} m`}`
      : said([c.cell_id, c.cell_id_b].filter(Boolean).join(" and ")),
    c.rests_on_session ? "rests on a data session: cell used at or before the time" : "",
  ].filter(Boolean);
  return h(
    "span",
    {},
    lines.map((line, i) => [i ? h("br") : "", line]),
  );
}

function chanceWords(c) {
  if (isNothing(c.chance_rate)) return "not made";
  if (isNothing(c.chance_hits))
    return `${percent(c.chance_rate)} of ${plural(c.chance_trials ?? 0, "shifted comparison")}`;
  return `${number(c.chance_hits)} of ${plural(c.chance_trials ?? 0, "shifted comparison")} (${percent(c.chance_rate)})`;
}

const percent = (share) => `${number(Math.round(share * 1000) / 10)} %`;
const device = (subject, person) =>
  h("span", {}, said(subject), person ? [", attributed to ", party(person)] : "");

function openCoincidence(c) {
  return openRows({
    title: `Coincidence ${c.coincidence_id}, class ${c.class}`,
    value: `${localTime(c.started_at)} to ${localTime(c.ended_at)}`,
    rows: () => rowsBehind("coincidences", [c.index]),
    note: CLASSES[c.class]?.[1],
  });
}

async function appendContradictions(page) {
  page.append(heading(2, "Periods in which the records conflict with a coincidence"));
  if (!hasTable("contradictions")) {
    page.append(
      empty(
        "No such period",
        "No pair of devices has positions far apart at the same time in the data supplied.",
      ),
    );
    return;
  }
  const all = await records("contradictions");
  page.append(
    pagedTable(
      "Periods in conflict",
      ["When", "Records of", { label: "Least distance, m", numeric: true }, "Rows"],
      all,
      (c) => [
        spanWords(c.started_at, c.ended_at),
        h("span", {}, device(c.subject_a, c.person_a), h("br"), device(c.subject_b, c.person_b)),
        isNothing(c.least_distance_m) ? "" : number(Math.round(c.least_distance_m)),
        leadButton("Rows", `Period in conflict from ${localTime(c.started_at)}`, () =>
          rowsBehind("contradictions", [c.index]),
        ),
      ],
    ),
  );
}
