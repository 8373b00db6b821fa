// The upload page: files and folders are hashed, sent in parts and shown one by one.
// Without it the same page is an ordinary form.
import { chosen, dropped } from "./upload_chosen.js";
import { hashed, Sender, SendingError } from "./upload_sending.js";

const form = document.querySelector("[data-upload]");
const section = document.querySelector("[data-progress]");
const rows = section.querySelector("[data-rows]");
const say = section.querySelector("[data-say]");
const drop = form.querySelector("[data-drop]");
const folderChoice = form.querySelector("[data-folder-choice]");
const files = form.querySelector("[data-files]");
const folder = form.querySelector("[data-whole-folder]");
const sender = new Sender(
  form.querySelector("[name=csrfmiddlewaretoken]").value,
  form.dataset.start,
);
const jobs = [];
let waiting = [];
let isRunning = false;

function size(bytes) {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  let [value, unit] = [bytes / 1000, "KB"];
  for (const larger of ["MB", "GB", "TB"]) {
    if (value < 1000) break;
    [value, unit] = [value / 1000, larger];
  }
  return `${value.toFixed(unit === "KB" || value >= 100 ? 0 : 1)} ${unit}`;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** One file on its way, and its line on the page. */
class Job {
  constructor({ path, file }, facts) {
    Object.assign(this, { path, file, facts, state: "waiting", where: null });
    this.row = element("li", "ff-uploads__row");
    this.name = element("span", "ff-uploads__name", `${path} `);
    this.name.append(element("span", "ff-uploads__size", size(file.size)));
    this.button = element("button", "ff-link-button");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.press());
    this.bar = element("progress", "ff-uploads__bar");
    this.bar.max = Math.max(file.size, 1);
    this.bar.setAttribute("aria-label", path);
    this.words = element("p", "ff-uploads__state");
    this.row.append(this.name, this.button, this.bar, this.words);
    this.show("waiting", "Waiting", 0);
  }

  show(state, words, done) {
    this.state = state;
    this.row.className = `ff-uploads__row ff-uploads__row--${state}`;
    this.words.textContent = words;
    if (done !== undefined) this.bar.value = this.file.size ? done : Number(state === "done");
    const action = { done: "", refused: "", cancelled: "", failed: "Try again" }[state] ?? "Cancel";
    this.button.hidden = !action;
    if (this.button.dataset.action !== action) {
      this.button.dataset.action = action;
      this.button.replaceChildren(action, element("span", "govuk-visually-hidden", ` ${this.path}`));
    }
  }

  press() {
    if (this.state === "failed") {
      this.show("waiting", "Waiting", 0);
      run();
    } else if (this.state === "waiting") {
      this.show("cancelled", "Cancelled", 0);
      tell();
    } else {
      this.abort.abort(new SendingError("cancelled", "Cancelled"));
    }
  }

  async send() {
    this.abort = new AbortController();
    const { signal } = this.abort;
    try {
      await this.go(signal);
    } catch (error) {
      await this.stop(signal.aborted ? signal.reason : error);
    }
  }

  async go(signal) {
    const { file } = this;
    this.show("reading", "Working out the hash", 0);
    this.sha256 ??= await hashed(file, signal, (read) =>
      this.show("reading", `Working out the hash: ${size(read)} of ${size(file.size)}`, read),
    );
    const announced = { path: this.path, size_bytes: file.size, sha256: this.sha256 };
    this.where = await sender.announce(announced, this.facts, signal);
    if (this.where.code === "already-here") {
      this.show("done", this.where.words, file.size);
      return;
    }
    await sender.parts(file, this.where, signal, (sent) =>
      this.show("sending", `Sending: ${size(sent)} of ${size(file.size)}`, sent),
    );
    this.show("sealing", "Comparing the hash and sealing", file.size);
    const { exhibit, exhibit_url: address } = await sender.finish(this.where, signal);
    this.show("done", "Taken in and sealed: ", file.size);
    const link = element("a", "govuk-link", exhibit);
    link.href = address;
    this.words.append(link);
  }

  async stop(error) {
    if (!(error instanceof SendingError)) {
      this.show("failed", "Something went wrong on this page. Try again.", 0);
      throw error;
    }
    if (error.message === "cancelled") {
      if (this.where?.abandon_url) await sender.abandon(this.where).catch(() => {});
      this.show("cancelled", "Cancelled. What had arrived was erased.", 0);
    } else if (error.canRetry) {
      this.show("failed", error.words);
    } else {
      this.show("refused", `Not taken in. ${error.words}`, 0);
    }
  }
}

function tell() {
  const number = (state) => jobs.filter((job) => job.state === state).length;
  const open = jobs.length - ["done", "refused", "failed", "cancelled"].map(number).reduce((a, b) => a + b);
  const words = [`${number("done")} of ${jobs.length} taken in.`];
  if (number("refused")) words.push(`${number("refused")} refused, with the reason beside each.`);
  if (number("failed")) words.push(`${number("failed")} stopped; try again when you can.`);
  if (!open) words.push("Nothing more is being sent.");
  say.textContent = words.join(" ");
  if (!open && number("done")) {
    const link = element("a", "govuk-link", "See the exhibits");
    link.href = form.dataset.list;
    say.append(" ", link);
  }
}

async function run() {
  if (isRunning) return;
  isRunning = true;
  tell();
  for (let job; (job = jobs.find(({ state }) => state === "waiting")); ) {
    await job.send().finally(tell);
  }
  isRunning = false;
}

/** Returns what was typed into the form, as it stands now. */
function factsNow() {
  const facts = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") (facts[name] ??= []).push(value);
  }
  return facts;
}

function hint(words) {
  let line = drop.querySelector("[data-dropped]");
  if (!line) {
    line = element("p", "govuk-body");
    line.setAttribute("role", "status");
    line.dataset.dropped = "";
    drop.append(line);
  }
  line.textContent = words;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopImmediatePropagation(); // the double-click guard of the button is for real sending
  const found = [...chosen(files), ...chosen(folder), ...waiting];
  if (!found.length) {
    hint("Choose one or more files, a folder, or drop them here.");
    files.focus();
    return;
  }
  const facts = factsNow();
  for (const each of found) {
    const job = new Job(each, facts);
    jobs.push(job);
    rows.append(job.row);
  }
  waiting = [];
  files.value = "";
  folder.value = "";
  hint("");
  section.hidden = false;
  section.querySelector("h2").focus();
  run();
});

drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("ff-drop--over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("ff-drop--over"));
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("ff-drop--over");
  waiting.push(...(await dropped(event.dataTransfer)));
  hint(`${waiting.length} dropped. Press Upload to send them.`);
});
window.addEventListener("beforeunload", (event) => {
  if (isRunning) event.preventDefault();
});
folderChoice.hidden = !("webkitdirectory" in folder);
