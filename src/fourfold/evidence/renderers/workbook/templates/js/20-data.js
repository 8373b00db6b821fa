// The tables: columns that are unpacked when somebody asks for them, and selections on them.

const PACKED = new Map();
for (const element of document.querySelectorAll("script[data-chunk]")) {
  PACKED.set(element.dataset.chunk, element);
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function unpack(name) {
  const packed = new Blob([bytesOf(PACKED.get(name).textContent)]);
  const plain = packed.stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(plain).text());
}

let META;
const UNPACKED = new Map();

function once(name, load) {
  if (!UNPACKED.has(name)) UNPACKED.set(name, load());
  return UNPACKED.get(name);
}

const hasTable = (table) => (META.tables[table]?.rows ?? 0) > 0;
const countOf = (table) => META.tables[table]?.rows ?? 0;
const hasColumn = (table, name) => name in (META.tables[table]?.columns ?? {});

function column(table, name) {
  return once(`${table}.${name}`, async () => {
    const data = await unpack(`${table}.${name}`);
    return Array.isArray(data) ? data : new Array(countOf(table)).fill(data.c);
  });
}

// Columns of a table by name; those it does not have are columns of nothing.
async function columns(table, names) {
  const found = await Promise.all(
    names.map((name) =>
      hasColumn(table, name) ? column(table, name) : new Array(countOf(table)).fill(null),
    ),
  );
  return Object.fromEntries(names.map((name, i) => [name, found[i]]));
}

const allColumns = (table) => columns(table, Object.keys(META.tables[table]?.columns ?? {}));

async function records(table) {
  const cols = await allColumns(table);
  const names = Object.keys(cols);
  return Array.from({ length: countOf(table) }, (_, i) => ({
    index: i,
    ...Object.fromEntries(names.map((name) => [name, cols[name][i]])),
  }));
}

const isNothing = (value) => value === null || value === undefined;
const TESTS = {
  "=": (cell, value) => cell === value,
  "!=": (cell, value) => !isNothing(cell) && cell !== value,
  "<": (cell, value) => !isNothing(cell) && cell < value,
  "<=": (cell, value) => !isNothing(cell) && cell <= value,
  ">": (cell, value) => !isNothing(cell) && cell > value,
  ">=": (cell, value) => !isNothing(cell) && cell >= value,
  in: (cell, value) => !isNothing(cell) && value.includes(cell),
  contains: (cell, value) => Array.isArray(cell) && cell.includes(value),
  "is null": (cell) => isNothing(cell),
  "is not null": (cell) => !isNothing(cell),
};

// A column by name; ids of rows and events are the index itself in their own table.
async function compared(table, name) {
  const isOwnIndex =
    (table === "events" && name === "event_id") || (table === "ledger" && name === "row_id");
  if (isOwnIndex) return Array.from({ length: countOf(table) }, (_, i) => i);
  if (!hasColumn(table, name)) throw new Error(`no column ${name} in table ${table}`);
  return column(table, name);
}

// The indexes of a table's records for which all conditions hold.
async function select(where) {
  let kept = Array.from({ length: countOf(where.table) }, (_, i) => i);
  for (const [name, operator, value] of where.conditions) {
    const cells = await compared(where.table, name);
    const test = TESTS[operator];
    const wanted = operator === "in" && value.length > 20 ? asSet(value) : value;
    kept = kept.filter((i) => test(cells[i], wanted));
  }
  return kept;
}

function asSet(values) {
  const held = new Set(values);
  return { includes: (value) => held.has(value) };
}

function distinctSorted(lists) {
  const seen = new Set();
  for (const list of lists) for (const item of list) seen.add(item);
  return [...seen].sort((a, b) => a - b);
}

// The rows behind records of a table, in the order of the ledger.
async function rowsBehind(table, indexes) {
  if (table === "ledger") return [...indexes].sort((a, b) => a - b);
  if (hasColumn(table, "row_ids")) {
    const rows = await column(table, "row_ids");
    return distinctSorted(indexes.map((i) => rows[i]));
  }
  if (hasColumn(table, "row_id")) {
    const rows = await column(table, "row_id");
    return distinctSorted([indexes.map((i) => rows[i]).filter((row) => !isNothing(row))]);
  }
  return [];
}

async function rowsOfSelection(where) {
  return rowsBehind(where.table, await select(where));
}

// The rows behind a value or a finding: those it lists, else those its selection finds.
async function rowsOfAnswer(answer) {
  if (answer.row_ids?.length) return [...answer.row_ids].sort((a, b) => a - b);
  return answer.where ? rowsOfSelection(answer.where) : [];
}

const leadsToRows = (answer) => Boolean(answer.row_ids?.length || answer.where);

async function verbatimOf(row) {
  const slice = Math.floor(row / META.verbatim_rows);
  const texts = await once(`verbatim.${slice}`, () => unpack(`verbatim.${slice}`));
  return texts[row % META.verbatim_rows];
}

// For each member of a list column the records that hold it: row -> events, event -> occurrences.
function holders(table, name) {
  return once(`holders ${table}.${name}`, async () => {
    const lists = hasColumn(table, name) ? await column(table, name) : [];
    const held = new Map();
    lists.forEach((list, index) => {
      for (const member of list) {
        if (held.has(member)) held.get(member).push(index);
        else held.set(member, [index]);
      }
    });
    return held;
  });
}
