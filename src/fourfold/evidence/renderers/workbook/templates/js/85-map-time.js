// The time window of the map, and its playing.

const HOUR_US = 3_600e6;
const WINDOWS = [
  ["0", "Whole period"],
  [String(HOUR_US), "1 hour"],
  [String(6 * HOUR_US), "6 hours"],
  [String(24 * HOUR_US), "1 day"],
  [String(168 * HOUR_US), "7 days"],
];

function timeControls(state, changed) {
  const dated = state.points.map((p) => p.at).filter((at) => !isNothing(at));
  if (!dated.length) return "";
  const first = dated.reduce((a, b) => Math.min(a, b));
  const last = dated.reduce((a, b) => Math.max(a, b));
  const select = options(h("select"), WINDOWS);
  const slider = h("input", {
    type: "range",
    min: "0",
    max: "1000",
    value: "0",
    disabled: true,
    class: "slider",
  });
  const label = h("output", { class: "time-label" });
  const play = h(
    "button",
    { type: "button", class: "button", disabled: true, "aria-pressed": "false" },
    "Play",
  );
  let timer = 0;
  const show = () => {
    state.start = first + Number(slider.value) * state.window;
    label.textContent = state.window
      ? `${localShort(state.start)} to ${localShort(state.start + state.window)}: ${plural(visiblePoints(state).length, "record")}`
      : `${localShort(first)} to ${localShort(last)}`;
    slider.setAttribute("aria-valuetext", label.textContent);
    changed();
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  select.addEventListener("change", () => {
    state.window = Number(select.value);
    slider.max = String(state.window ? Math.max(0, Math.floor((last - first) / state.window)) : 0);
    slider.value = "0";
    slider.disabled = play.disabled = !state.window;
    stop();
    show();
  });
  slider.addEventListener("input", () => show());
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(
      () => {
        if (Number(slider.value) >= Number(slider.max)) return stop();
        slider.value = String(Number(slider.value) + 1);
        return show();
      },
      isStill() ? 1200 : 350,
    );
    return undefined;
  });
  show();
  return h(
    "div",
    { class: "time-controls" },
    field("Time window", select),
    field("Move the window", slider),
    play,
    label,
  );
}
