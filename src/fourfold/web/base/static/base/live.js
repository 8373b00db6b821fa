// Follows a run over server-sent events. Without it the page offers a link to refresh.

const STATES = { waiting: "Waiting", running: "Running", done: "Done", failed: "Stopped" };

/** Shows what one event says about one station. */
function show(station, event) {
  const bar = station.querySelector("progress");
  const part = (name) => station.querySelector(`[data-part="${name}"]`);
  if (event.state) {
    part("state").textContent = STATES[event.state] ?? event.state;
    for (const state of Object.keys(STATES)) {
      station.classList.toggle(`ff-progress__station--${state}`, state === event.state);
    }
  }
  if (event.total) bar.max = event.total;
  if (event.state === "done") bar.value = bar.max;
  else if (event.total && event.done !== undefined) bar.value = event.done;
  else if (event.state === "running") bar.removeAttribute("value");
  if (event.detail !== undefined) part("detail").textContent = event.detail;
}

/** Listens for one progress list until it is finished. */
function follow(list) {
  const source = new EventSource(list.dataset.live);
  const message = list.querySelector('.ff-progress__message[data-part="message"]');
  source.addEventListener("open", () => {
    list.querySelector('[data-part="refresh"]')?.setAttribute("hidden", "");
  });
  source.addEventListener("error", () => {
    list.querySelector('[data-part="refresh"]')?.removeAttribute("hidden");
  });
  source.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    const station = list.querySelector(`[data-station="${CSS.escape(event.station ?? "")}"]`);
    if (station) show(station, event);
    if (event.message && message.textContent !== event.message) message.textContent = event.message;
    if (event.finished) {
      source.close();
      window.location.reload();
    }
  });
}

document.querySelectorAll("[data-live]").forEach(follow);
