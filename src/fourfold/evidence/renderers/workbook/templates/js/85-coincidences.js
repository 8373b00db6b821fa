// Coincidences: classes apart, each with its chance control, and the periods in conflict.

const CLASSES = {
  A: ["Class A: device fixes", "Fixes of both devices whose supplied accuracies overlap in the same interval."],
  B: ["Class B: same cell", "Both devices used the same cell identity in overlapping intervals. The records are not inconsistent with both having been in the area served, whose extent is not known."],
  C: ["Class C: different cells of neighbouring sites", "For investigation only, never for an evidential report."],
};

section({ id: "coincidences", title: "Coincidences", count: () => countOf("coincidences"), build: buildCoincidences });

async function buildCoincidences(page) {
  page.append(h("p", { class: "lead-text" }, "Records of two devices that agree in time and place. The chance rate is how often the same comparison agrees when one device's records are shifted by days and weeks: a high rate means that the agreement says little."));
  if (!hasTable("coincidences")) page.append(empty("No coincidence", "Fewer than two attributed devices have positions or cells in overlapping periods, or none agree within the printed settings. The findings page gives the comparisons made."));
  const all = hasTable("coincidences") ? await records("coincidences") : [];
  for (const [name, [title, meaning]] of Object.entries(CLASSES)) {
    const held = all.filter((c) => c.class === name);
    if (!all.length) break;
    page.append(heading(2, title), h("p", {}, meaning));
    if (name === "C" && held.length) page.append(warning(h("strong", {}, "Investigative use only.")));
    page.append(held.length ? coincidenceTable(title, held) : empty(`No coincidence of class ${name}`, "No pair of records agrees within the printed settings."));
  }
  await appendContradictions(page);
  page.append(...relatedFindings("coincidence"));
}

function coincidenceTable(title, held) {
  const metres = (value) => (isNothing(value) ? "" : number(Math.round(value)));
  return dataTable(title,
    ["Code", "From", "To", "Devices", { label: "Pairs", numeric: true }, { label: "Least distance, m", numeric: true }, { label: "Uncertainty, m", numeric: true }, "Cells", "Chance control", "Usual place"],
    held.map((c) => [
      leadButton(c.coincidence_id, `Coincidence ${c.coincidence_id}, class ${c.class}`, () => rowsBehind("coincidences", [c.index])),
      localTime(c.started_at), localTime(c.ended_at),
      h("span", {}, device(c.subject_a, c.person_a), " and ", device(c.subject_b, c.person_b), c.strength && c.strength !== "accepted" ? [" ", tag(word(c.strength), "tag-warn")] : ""),
      isNothing(c.pairs) ? "" : leadButton(number(c.pairs), `Record pairs of ${c.coincidence_id}`, () => rowsBehind("coincidences", [c.index])),
      metres(c.min_distance_m), metres(c.uncertainty_m), said([c.cell_id, c.cell_id_b].filter(Boolean).join(" and ")),
      isNothing(c.chance_rate) ? "not made" : `${percent(c.chance_rate)} of ${plural(c.chance_trials ?? 0, "shifted comparison")}`,
      said(c.explained_by ?? "no"),
    ]));
}

const percent = (share) => `${number(Math.round(share * 1000) / 10)} %`;
const device = (subject, person) => h("span", {}, said(subject), person ? [" attributed to ", party(person)] : "");

function openCoincidence(c) {
  return openRows({
    title: `Coincidence ${c.coincidence_id}, class ${c.class}`, value: `${localTime(c.started_at)} to ${localTime(c.ended_at)}`,
    rows: () => rowsBehind("coincidences", [c.index]), note: CLASSES[c.class]?.[1],
  });
}

async function appendContradictions(page) {
  page.append(heading(2, "Periods in which the records conflict with a coincidence"));
  if (!hasTable("contradictions")) {
    page.append(empty("No such period", "No pair of devices has positions far apart at the same time in the data supplied."));
    return;
  }
  const all = await records("contradictions");
  page.append(pagedTable("Periods in conflict", ["From", "To", "Devices", { label: "Least distance, m", numeric: true }, "Rows"], all, (c) => [
    localTime(c.started_at), localTime(c.ended_at), h("span", {}, device(c.subject_a, c.person_a), " and ", device(c.subject_b, c.person_b)),
    isNothing(c.least_distance_m) ? "" : number(Math.round(c.least_distance_m)),
    leadButton("Rows", `Period in conflict from ${localTime(c.started_at)}`, () => rowsBehind("contradictions", [c.index])),
  ]));
}
