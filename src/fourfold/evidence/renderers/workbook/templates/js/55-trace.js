// From a printed trace code to its rows: F3, F3.2, O12, C4, R2.17.

const CODES = {
  F: async (code) => {
    for (const finding of META.findings) {
      if (finding.finding_id === code)
        return { title: finding.title, rows: () => rowsOfFinding(finding) };
      const value = [...finding.values, ...Object.values(finding.series).flat()].find(
        (v) => v.code === code,
      );
      if (value)
        return {
          title: `${finding.title}: ${word(value.name)}`,
          value: isNothing(value.value) ? "no value" : number(value.value),
          rows: () => rowsOfAnswer(value),
        };
    }
    return undefined;
  },
  O: (code) => byColumn(code, "occurrences", "occurrence_id", "Occurrence"),
  C: (code) => byColumn(code, "coincidences", "coincidence_id", "Coincidence"),
  R: (code) => byColumn(code, "ledger", "code", "Row"),
};

async function byColumn(code, table, name, title) {
  const index = hasTable(table) ? (await column(table, name)).indexOf(code) : -1;
  return index < 0
    ? undefined
    : { title: `${title} ${code}`, rows: () => rowsBehind(table, [index]) };
}

function connectTrace() {
  const form = byId("trace");
  const input = byId("trace-code");
  const answer = byId("trace-answer");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = input.value.trim().toUpperCase();
    const found = await CODES[code.charAt(0)]?.(code);
    answer.textContent =
      found || !code ? "" : `No ${code} in this workbook. Codes look like F3.2, O12, C4 or R2.17.`;
    if (found) openRows({ ...found, code });
  });
}
