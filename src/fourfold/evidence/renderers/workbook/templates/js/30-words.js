// How things are named and printed: kinds, channels, people, times, numbers.

const WORDS = {
  call: "Call",
  message: "Message",
  data_session: "Data session",
  device_fix: "Device fix",
  network_fix: "Network estimate",
  camera_read: "Camera read",
  gate: "Gate",
  statement: "Statement",
  post: "Post",
  photo: "Photo",
  device_event: "Device event",
  subscriber: "Subscriber record",
  visit: "Inferred visit",
  journey: "Inferred journey",
  knowledge: "Told to stop",
  order: "Order",
  coincidence: "Coincidence",
  cellular: "Cellular",
  sms: "SMS",
  mms: "MMS",
  whatsapp: "WhatsApp",
  email: "E-mail",
  telegram: "Telegram",
  instagram: "Instagram",
  facebook: "Facebook",
  imessage: "iMessage",
  answered: "Answered",
  no_answer: "No answer",
  voicemail: "Voicemail",
  forwarded: "Forwarded",
  busy: "Busy",
  refused: "Refused",
  missed: "Missed",
  failed: "Failed",
  sent: "Sent",
  received: "Received",
  system: "System",
  anpr: "ANPR",
  oyster: "Oyster",
  gps: "GPS",
  fix: "Device fix",
  cell: "Cell as supplied",
  camera: "Camera",
  stated: "Stated place",
  searched: "Searched place",
  none: "No position",
  used: "Used",
  merged: "Merged",
  set_aside: "Set aside",
  supported: "Supported",
  partly: "Partly supported",
  no_data: "No data for that time",
  data_but_nothing: "Data, but nothing found",
  contradicted: "In conflict with records",
  suspect: "suspect",
  victim: "victim",
  third_party: "third party",
  spo: "Stalking protection order",
  interim_spo: "Interim stalking protection order",
  non_molestation: "Non-molestation order",
  restraining: "Restraining order",
  bail: "Bail",
  not_covered: "Not covered by any exhibit",
  silence: "Silence: no record for longer than usual",
  expires: "Kept by the provider only until",
  same_imei_new_imsi: "Same device, new SIM",
  same_imsi_new_imei: "Same SIM, new device",
  same_number_new_imsi: "Same number, new SIM",
  same_number_new_imei: "Same number, new device",
  same_number_new_imsi_new_imei: "Same number, new SIM and device",
  not_tested: "Not tested",
  hand_over_candidate: "Possible change of number",
  stated_utc: "stated in UTC",
  stated_offset: "stated with its offset",
  zone_of_source: "zone stated for the source",
  assumed: "zone assumed",
  at: "at",
  during: "during",
  at_or_before: "at or before",
  within: "within",
  supplied: "as supplied",
  dated_cell_list: "from the dated cell list",
};

// The examples of s.2A(3) Protection from Harassment Act 1997, by letter, in the Act's words, shortened.
const ACT_WORDS = {
  a: "following a person",
  b: "contacting, or attempting to contact, a person by any means",
  c: "publishing material about, or claiming to be from, a person",
  d: "monitoring the use of electronic communication",
  e: "loitering in any place",
  f: "interfering with property",
  g: "watching or spying on a person",
};
const actWord = (code) => (ACT_WORDS[code] ? `Proposed label (${code})` : word(code));

function word(key) {
  if (isNothing(key) || key === "") return "not stated";
  if (WORDS[key]) return WORDS[key];
  const plain = String(key).replaceAll("_", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const lower = (key) => {
  const text = word(key);
  return /^[A-Z][a-z]/.test(text) && !/[A-Z]/.test(text.slice(1))
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
};

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });
const number = (value) => (typeof value === "number" ? NUMBER.format(value) : String(value));
const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;
const bytes = (size) =>
  size < 1000
    ? `${size} B`
    : size < 1e6
      ? `${(size / 1e3).toFixed(1)} kB`
      : `${(size / 1e6).toFixed(1)} MB`;

// Zone of the display; an unknown name falls back to UTC, and the label says so.
const zone = { name: "UTC" };
let PARTS;
function useZone(name) {
  try {
    PARTS = partsIn(name);
    zone.name = name;
  } catch {
    PARTS = partsIn("UTC");
  }
}
const partsIn = (timeZone) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });

function localParts(us) {
  const parts = {};
  for (const { type, value } of PARTS.formatToParts(us / 1000)) parts[type] = value;
  return parts;
}

function localTime(us) {
  if (isNothing(us)) return "no time";
  const p = localParts(us);
  return `${p.weekday} ${p.day} ${p.month} ${p.year} ${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`;
}

function localShort(us) {
  const p = localParts(us);
  return `${p.day} ${p.month} ${p.year} ${p.hour}:${p.minute}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function localDay(us) {
  const p = localParts(us);
  const month = String(MONTHS.indexOf(p.month.slice(0, 3)) + 1).padStart(2, "0");
  return `${p.year}-${month}-${p.day.padStart(2, "0")}`;
}

// A stretch of time; the day stands once when it is the same.
function spanWords(from, to) {
  if (isNothing(to) || to === from) return moment(from);
  const [a, b] = [localParts(from), localParts(to)];
  if (localDay(from) !== localDay(to)) return `${localTime(from)} to ${localTime(to)}`;
  return `${a.weekday} ${a.day} ${a.month} ${a.year} ${a.hour}:${a.minute}:${a.second} to ${b.hour}:${b.minute}:${b.second} ${b.timeZoneName}`;
}

// A time as a number of microseconds, or words as an analysis gives them (a date, "open").
const moment = (value) =>
  isNothing(value) ? "" : typeof value === "number" ? localTime(value) : said(value);

const utcTime = (us) =>
  isNothing(us) ? "no time" : `${new Date(us / 1000).toISOString().replace(/\.000Z$/, "Z")}`;

function dayWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  const weekday = WEEKDAYS[dayNumber(day) % 7];
  return `${weekday.slice(0, 3)} ${date} ${MONTHS[month - 1]} ${year}`;
}

// Days counted so that 0 is a Monday.
const dayNumber = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / 864e5) + 3;
const dayOfNumber = (n) => new Date((n - 3) * 864e5).toISOString().slice(0, 10);
const instant = (iso) => Date.parse(iso) * 1000;

const personOf = (key) => META.case.people.find((person) => person.key === key);
const isRole = (key, role) => personOf(key)?.role === role;

// A party of a contact: a person key where somebody is attributed, else an identifier.
function party(key) {
  if (isNothing(key)) return h("span", { class: "quiet" }, "not stated");
  const person = personOf(key);
  if (!person) return said(key);
  return h(
    "span",
    { class: `who who-${person.role}` },
    said(key),
    h("span", { class: "hidden" }, ` (${word(person.role)})`),
  );
}

const partyText = (key) => (isNothing(key) ? "not stated" : String(key));
const pairText = (from, to) => `${partyText(from)} to ${partyText(to)}`;
