// Devices, gaps, third parties: tables that analyses made, with their rows.

const PAGE_RECORDS = 100;

// A table of records that grows by a button, so that ten thousand do not stand at once.
function pagedTable(caption, head, all, cells) {
  const holder = h("div", {});
  const draw = (count) => {
    const rest = all.length - count;
    holder.replaceChildren(dataTable(caption, head, all.slice(0, count).map(cells)), ...(rest > 0 ? [h("button", { type: "button", class: "button", onclick: () => draw(count + PAGE_RECORDS) }, `Show ${Math.min(rest, PAGE_RECORDS)} more of ${number(rest)}`)] : []));
  };
  draw(PAGE_RECORDS);
  return holder;
}

section({ id: "devices", title: "Devices", count: () => countOf("device_changes"), build: buildDevices });

async function buildDevices(page) {
  page.append(h("p", { class: "lead-text" }, "Changes between numbers, SIMs and handsets as the records show them. Each stands with more than one explanation; none is chosen here."));
  if (!hasTable("device_changes")) page.append(empty("No change of device or SIM", "The records name no number with two SIMs or handsets, or no IMEI and IMSI were supplied."));
  else {
    const all = await records("device_changes");
    page.append(pagedTable("Changes of device and SIM", ["When", "What the records show", "Number", "IMEI", "IMSI", "Other", "Possible explanations", "Rows"], all, (c) => [
      isNothing(c.at) ? "" : localTime(c.at), word(c.kind), said(c.number), said(c.imei), said(c.imsi), said(c.other),
      h("ul", {}, (c.explanations ?? []).map((text) => h("li", {}, said(text)))), leadButton(`${c.row_ids?.length ?? 0}`, `${word(c.kind)}, ${localTime(c.at)}`, () => rowsBehind("device_changes", [c.index])),
    ]));
  }
  page.append(...relatedFindings("devices"));
}

section({ id: "gaps", title: "Gaps", count: () => countOf("gaps"), build: buildGaps });

async function buildGaps(page) {
  page.append(h("p", { class: "lead-text" }, "What the exhibits cover, and what they do not. No record in the data supplied is not the same as nothing having happened."), coverageChart());
  if (!hasTable("gaps")) page.append(empty("No gap found", "Every source covers the period of the case, or no source states its period."));
  else {
    const all = await records("gaps");
    page.append(heading(2, "Gaps"), pagedTable("Gaps", ["Person", "Source", "From", "To", { label: "Days", numeric: true }, "Kind", "Ask by", "Rows"], all, (g) => [
      party(g.person), said(word(g.source)), isNothing(g.from_at) ? "" : localTime(g.from_at), isNothing(g.to_at) ? "" : localTime(g.to_at), isNothing(g.days) ? "" : number(g.days),
      word(g.kind), isNothing(g.ask_by) ? "" : h("strong", {}, localTime(g.ask_by)), g.row_ids?.length ? leadButton(number(g.row_ids.length), `Rows beside the gap ${g.gap_no}`, () => rowsBehind("gaps", [g.index])) : "none",
    ]));
  }
  page.append(...relatedFindings("gaps"));
}

// From the first to the last record of each exhibit; a bar is not a promise of what lies inside.
function coverageChart() {
  const dated = [...EXHIBITS.values()].filter((e) => !isNothing(e.first_at) && !isNothing(e.last_at));
  if (!dated.length) return "";
  const first = dated.map((e) => e.first_at).reduce((a, b) => Math.min(a, b));
  const span = Math.max(1, dated.map((e) => e.last_at).reduce((a, b) => Math.max(a, b)) - first);
  const rows = dated.map((e) => {
    const bar = h("span", { class: "cover-bar" });
    bar.style.marginInlineStart = `${((e.first_at - first) / span) * 100}%`;
    bar.style.width = `${Math.max(0.6, ((e.last_at - e.first_at) / span) * 100)}%`;
    return [h("button", { type: "button", class: "lead", "aria-label": `${e.ref}: show its rows`, onclick: () => openRows({ title: e.ref, value: plural(e.rows_read ?? 0, "row"), rows: () => rowsOfSelection({ table: "ledger", conditions: [["exhibit_id", "=", e.exhibit_id]] }) }) }, said(e.ref)),
      said(e.exhibit_file.split("/").pop()), localShort(e.first_at), localShort(e.last_at), h("span", { class: "cover", "aria-hidden": "true" }, bar)];
  });
  return h("div", {}, heading(2, "First to last record of each exhibit"), dataTable("First and last record of each exhibit", ["Exhibit", "File", "First record", "Last record", "On the same scale"], rows, { class: "data covers" }));
}

section({ id: "third-parties", title: "Third parties", count: () => countOf("third_parties"), build: buildThirdParties });

async function buildThirdParties(page) {
  page.append(h("p", { class: "lead-text" }, "Identifiers in the records besides those of suspect and victim. A shared one appears on both sides; that may have many reasons."));
  if (!hasTable("third_parties")) page.append(empty("No third party", "Every identifier in the records is attributed to the suspect or the victim, or nobody is attributed."));
  else {
    const all = await records("third_parties");
    const shared = all.filter((t) => t.is_shared);
    const rest = all.filter((t) => !t.is_shared);
    const head = ["Identifier", "Attributed to", { label: "Suspect's side", numeric: true }, { label: "Victim's side", numeric: true }, "First", "Last", "Channels"];
    const cells = (t) => [said(t.identifier ?? t.party), party(t.person), leadButton(number(t.side_a_count ?? 0), `Records of ${t.identifier ?? t.party}`, () => rowsBehind("third_parties", [t.index])), leadButton(number(t.side_b_count ?? 0), `Records of ${t.identifier ?? t.party}`, () => rowsBehind("third_parties", [t.index])), localTime(t.first_at), localTime(t.last_at), (t.channels ?? []).map(word).join(", ")];
    page.append(heading(2, "On both sides"), shared.length ? pagedTable("Identifiers on both sides", head, shared, cells) : empty("None on both sides", "No identifier has contact with both sides in the data supplied."), heading(2, "On one side"), rest.length ? pagedTable("Identifiers on one side", head, rest, cells) : empty("None", "There is no further identifier."));
  }
  page.append(...relatedFindings("others"));
}
