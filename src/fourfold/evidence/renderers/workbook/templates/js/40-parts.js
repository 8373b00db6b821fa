// Parts of pages: numbers that lead to rows, tables, notes, empty states.

// A number, word or dot label that opens the rows behind it.
// rows: () => indexes of rows, or a promise of them.
function leadButton(label, about, rows, props = {}) {
  return h(
    "button",
    {
      type: "button",
      class: "lead",
      ...props,
      "aria-label": `${label}: ${about}. Show source rows`,
      onclick: (event) =>
        openRows({
          title: about,
          value: label,
          rows,
          code: props["data-code"],
          from: event.currentTarget,
        }),
    },
    label,
  );
}

function answerButton(value, about) {
  const label = isNothing(value.value) ? "no value" : number(value.value);
  if (!leadsToRows(value)) return h("span", { class: "figure" }, said(label));
  return leadButton(label, about, () => rowsOfAnswer(value), {
    "data-code": value.code || undefined,
  });
}

// head: labels, or {label, numeric}. rows: lists of nodes or texts.
function dataTable(caption, head, rows, props = {}) {
  const heads = head.map((item) => (typeof item === "string" ? { label: item } : item));
  const cell = (content, i) =>
    h(
      i === 0 ? "th" : "td",
      { scope: i === 0 ? "row" : null, class: heads[i].numeric ? "numeric" : null },
      content ?? "",
    );
  const table = h(
    "table",
    { class: props.class ?? "data" },
    h("caption", { class: props.showCaption ? null : "hidden" }, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((item) =>
          h("th", { scope: "col", class: item.numeric ? "numeric" : null }, item.label),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((cells) => h("tr", {}, cells.map(cell))),
    ),
  );
  return h("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" }, table);
}

const note = (...content) => h("p", { class: "note" }, ...content);
const inset = (...content) => h("div", { class: "inset" }, ...content);
const warning = (...content) =>
  h(
    "div",
    { class: "warning" },
    h("span", { class: "warning-mark", "aria-hidden": "true" }, "!"),
    h("div", {}, ...content),
  );
const tag = (text, tone = "") => h("span", { class: `tag ${tone}` }, text);

function empty(title, why) {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), h("p", {}, why));
}

function details(summary, ...content) {
  return h(
    "details",
    {},
    h("summary", {}, summary),
    h("div", { class: "details-body" }, ...content),
  );
}

// A list of terms and texts; entries without a text are left out.
function facts(pairs) {
  const shown = pairs.filter(([, text]) => !isNothing(text) && text !== "");
  return h(
    "dl",
    { class: "facts" },
    shown.map(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]),
  );
}

function options(select, entries) {
  select.replaceChildren(...entries.map(([value, label]) => h("option", { value }, label)));
  return select;
}

function field(label, control, hint) {
  control.id ||= freshId("field");
  return h(
    "div",
    { class: "field" },
    h("label", { for: control.id }, label),
    hint && h("span", { class: "hint" }, hint),
    control,
  );
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const heading = (level, text, props = {}) => h(`h${level}`, props, text);
