// Sends one file: hashed here first, then in parts that can be gone on with after any interruption.

const RETRIES = 6;
const FIRST_WAIT_MS = 500;

/** What ends the sending of a file: `words` are shown, `canRetry` offers another try. */
export class SendingError extends Error {
  constructor(code, words, canRetry = false) {
    super(code);
    this.words = words;
    this.canRetry = canRetry;
  }
}

const GONE = new SendingError(
  "unreadable",
  "The browser can no longer read this file. It was moved or changed: choose it again.",
);
const SIGNED_OUT =
  "The answer was not understood. If your session ended, sign in again and choose the same files: " +
  "what has arrived is not sent twice.";
const NO_LINE = "The connection failed several times. What has arrived is kept.";

/** Hashes a file in a worker; tells how many bytes were read. */
export function hashed(file, signal, onRead) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./upload_hash.js", import.meta.url), { type: "module" });
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    signal.addEventListener("abort", () => end(reject, signal.reason), { once: true });
    worker.addEventListener("error", () => end(reject, GONE));
    worker.addEventListener("message", ({ data }) => {
      if (data.sha256) end(resolve, data.sha256);
      else if (data.failed) end(reject, GONE);
      else onRead(data.read);
    });
    worker.postMessage(file);
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls the server until it answers something that can be used, or gives up. */
async function call(url, options) {
  for (let tries = 0; ; tries += 1) {
    let response;
    try {
      response = await fetch(url, { ...options, redirect: "manual", credentials: "same-origin" });
    } catch (error) {
      if (options.signal?.aborted) throw error;
    }
    const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) {
      const said = await response.json();
      if (said.code !== "busy") return { isDone: response.ok, said };
    } else if (response && response.status < 500) {
      throw new SendingError("answer", SIGNED_OUT, true);
    }
    if (tries === RETRIES) throw new SendingError("line", NO_LINE, true);
    await pause(FIRST_WAIT_MS * 2 ** tries);
  }
}

/** Sends files of one hand-over. */
export class Sender {
  #token;
  #start;

  constructor(token, start) {
    this.#token = token;
    this.#start = start;
  }

  #call(url, method, body, signal, type) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.#token };
    if (type) headers["Content-Type"] = type;
    return call(url, { method, body, signal, headers });
  }

  /** Announces a file; returns where to go on, or throws with the reason of the refusal. */
  async announce(file, facts, signal) {
    const body = JSON.stringify({ file, facts });
    const { isDone, said } = await this.#call(
      this.#start, "POST", body, signal, "application/json",
    );
    if (isDone || said.code === "already-here") return said;
    throw new SendingError(said.code, said.words);
  }

  /** Sends what is missing, wherever the server says that it stands. */
  async parts(file, where, signal, onSent) {
    let at = where.offset;
    while (at < file.size) {
      onSent(at);
      const part = file.slice(at, at + where.part_bytes);
      const url = `${where.part_url}?offset=${at}`;
      const { isDone, said } = await this.#call(
        url, "PUT", part, signal, "application/octet-stream",
      );
      if (isDone) at = said.offset;
      else if (said.code === "offset") at = said.wanted;
      else throw new SendingError(said.code, said.words);
    }
    onSent(at);
  }

  /** Has the file compared and sealed; returns its exhibit. */
  async finish(where, signal) {
    const { isDone, said } = await this.#call(where.finish_url, "POST", null, signal);
    if (isDone) return said;
    throw new SendingError(said.code, said.words, said.code === "offset");
  }

  /** Gives an unfinished file up. */
  abandon(where) {
    return this.#call(where.abandon_url, "POST", null);
  }
}
