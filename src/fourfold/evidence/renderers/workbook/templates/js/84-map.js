// The map page: layers, people, time, pan and zoom by mouse, touch and keyboard.

const MAP_ROWS = 100;
const HIT_PX = 9;
const MIDDLE_SHARE = 0.9;
const HOUR_US = 3_600e6;
const WINDOWS = [["0", "Whole period"], [String(HOUR_US), "1 hour"], [String(6 * HOUR_US), "6 hours"], [String(24 * HOUR_US), "1 day"], [String(168 * HOUR_US), "7 days"]];

section({ id: "map", title: "Map", build: buildMap });

async function buildMap(page) {
  const [{ points, owners }, coincidences] = await Promise.all([mapPoints(), mapCoincidences()]);
  const places = mapPlaces();
  if (!points.length && !places.length) {
    page.append(empty("Nothing to draw", "No record supplies a position, and case.toml names no place. Cells without a supplied position stay in the tables; no position is invented for them."));
    return;
  }
  const layers = Object.fromEntries(Object.keys(LAYERS).map((name) => [name, points.some((p) => p.layer === name)]));
  const state = {
    points, owners, places, coincidences, areas: mapAreas(), shown: { ...layers, places: true, A: true, B: true, C: false },
    window: 0, start: 0, chosen: null, view: { x: 0.5, y: 0.5, scale: 1000 },
  };
  const canvas = h("canvas", { class: "map", tabindex: "0", role: "application", "aria-roledescription": "map", "aria-label": "Map of positions as supplied. Arrow keys pan, plus and minus zoom, N and P step through records, Enter shows source rows, 0 shows all." });
  const table = mapTable(state);
  const paint = () => { drawMap(canvas, sceneOf(state), state.view); };
  const changed = () => { paint(); table.refresh(); };
  page.append(
    h("p", { class: "lead-text" }, "Every symbol stands where a record puts it. Phones need not use the closest mast; a cell is drawn as a point as supplied, and the short line is its supplied azimuth, not coverage. Nothing is drawn between records."),
    h("div", { class: "map-frame" }, canvas, mapButtons(state, canvas, paint)),
    timeControls(state, changed), mapLegend(state, layers, changed), table.element,
  );
  connectMap(canvas, state, changed);
  const whenSized = new ResizeObserver(() => {
    if (canvas.clientWidth < 50) return;
    if (!state.isFitted) fit(state, canvas, MIDDLE_SHARE);
    paint();
  });
  whenSized.observe(canvas);
  addEventListener("themechange", paint);
}

const isInWindow = (state, at) => !state.window || (at >= state.start && at < state.start + state.window);

function visiblePoints(state) {
  return state.points.filter((p) => state.shown[p.layer] && p.owner.isShown && isInWindow(state, p.at));
}

function sceneOf(state) {
  return {
    points: visiblePoints(state), areas: state.areas, chosen: state.chosen,
    places: state.shown.places ? state.places : [],
    coincidences: state.coincidences.filter((c) => state.shown[c.class] && isInWindow(state, c.at)),
  };
}

// The view that holds a share of the positions: at first the middle nine of ten, so that one
// journey does not shrink the rest; the button shows all.
function fit(state, canvas, share) {
  const all = [...state.points, ...state.places];
  const bounds = (name) => {
    const values = all.map((p) => p[name]).sort((a, b) => a - b);
    const cut = all.length > 40 ? Math.floor((all.length * (1 - share)) / 2) : 0;
    return [values[cut], values[values.length - 1 - cut]];
  };
  const [west, east] = bounds("x");
  const [north, south] = bounds("y");
  const span = Math.max((east - west) / (canvas.clientWidth * 0.8), (south - north) / (canvas.clientHeight * 0.8), 2e-9);
  Object.assign(state.view, { x: (west + east) / 2, y: (north + south) / 2, scale: 1 / span });
  state.isFitted = true;
}

function mapLegend(state, layers, changed) {
  const check = (label, isOn, set, mark) => {
    const input = h("input", { type: "checkbox", id: freshId("layer"), onchange: () => { set(input.checked); changed(); } });
    input.checked = isOn;
    return h("div", { class: "check" }, input, h("label", { for: input.id }, mark, label));
  };
  const symbol = (name) => {
    const canvas = h("canvas", { class: "symbol", width: "32", height: "28", "aria-hidden": "true" });
    const draw = () => {
      const context = canvas.getContext("2d");
      context.setTransform(2, 0, 0, 2, 0, 0);
      context.clearRect(0, 0, 16, 14);
      context.fillStyle = context.strokeStyle = mapColours().ink;
      context.lineWidth = 1.5;
      drawShape(context, name, 8, 7, mapColours().halo);
    };
    draw();
    addEventListener("themechange", draw);
    return canvas;
  };
  const classes = ["A", "B", "C"].filter((name) => state.coincidences.some((c) => c.class === name));
  const present = Object.keys(layers).filter((name) => layers[name]);
  return h("div", { class: "map-legend" },
    h("fieldset", {}, h("legend", {}, "What"),
      present.map((name) => check(LAYERS[name].label, true, (on) => (state.shown[name] = on), symbol(LAYERS[name].symbol))),
      state.places.length ? check("Places of the case file; circle: stated radius", true, (on) => (state.shown.places = on)) : "",
      classes.map((name) => check(`Coincidences, class ${name}${name === "C" ? ": for investigation only" : ""}`, state.shown[name], (on) => (state.shown[name] = on)))),
    h("fieldset", {}, h("legend", {}, "Whose record"),
      state.owners.map((owner) => check([said(owner.label), ` (${number(owner.count)})`], true, (on) => (owner.isShown = on), h("span", { class: `swatch tone-${owner.tone}`, "aria-hidden": "true" })))));
}

function mapButtons(state, canvas, paint) {
  const button = (label, sign, action) => h("button", { type: "button", class: "map-button", "aria-label": label, onclick: () => { action(); paint(); } }, sign);
  return h("div", { class: "map-buttons" },
    button("Zoom in", "+", () => zoom(state, 1.6)), button("Zoom out", "−", () => zoom(state, 1 / 1.6)), button("Show all", "All", () => fit(state, canvas, 1)));
}

function zoom(state, by, at) {
  const view = state.view;
  const scale = Math.max(300, Math.min(4e9, view.scale * by));
  if (at) {
    view.x += at[0] / view.scale - at[0] / scale;
    view.y += at[1] / view.scale - at[1] / scale;
  }
  view.scale = scale;
}

function connectMap(canvas, state, changed) {
  const settle = debounce(changed, 150);
  const paintSoon = () => { drawMap(canvas, sceneOf(state), state.view); settle(); };
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(state, Math.exp(-event.deltaY * 0.0016), fromMiddle(canvas, event));
    paintSoon();
  }, { passive: false });
  connectPointers(canvas, state, paintSoon);
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / state.view.scale;
    const actions = {
      ArrowLeft: () => (state.view.x -= step), ArrowRight: () => (state.view.x += step), ArrowUp: () => (state.view.y -= step), ArrowDown: () => (state.view.y += step),
      "+": () => zoom(state, 1.4), "=": () => zoom(state, 1.4), "-": () => zoom(state, 1 / 1.4), 0: () => fit(state, canvas, 1),
      n: () => stepPoint(state, 1), p: () => stepPoint(state, -1), Enter: () => openChosen(state),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
    paintSoon();
  });
}

const fromMiddle = (canvas, event) => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
};

function connectPointers(canvas, state, paint) {
  const held = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, [event.clientX, event.clientY]);
    if (held.size === 1) moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const other = [...held.entries()].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      zoom(state, apart(now) / Math.max(1, apart(before)), fromMiddle(canvas, { clientX: (now[0] + other[0]) / 2, clientY: (now[1] + other[1]) / 2 }));
    } else {
      state.view.x -= (now[0] - before[0]) / state.view.scale;
      state.view.y -= (now[1] - before[1]) / state.view.scale;
    }
    moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    held.set(event.pointerId, now);
    paint();
  });
  const release = (event) => {
    const isClick = held.has(event.pointerId) && held.size === 1 && moved < 5;
    held.delete(event.pointerId);
    if (isClick && event.type === "pointerup") openAt(state, fromMiddle(canvas, event));
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
}

function openAt(state, [dx, dy]) {
  const x = state.view.x + dx / state.view.scale;
  const y = state.view.y + dy / state.view.scale;
  const reach = HIT_PX / state.view.scale;
  const offset = 14 / state.view.scale;
  const hit = sceneOf(state).coincidences.find((c) => Math.hypot(c.x - x, c.y - offset - y) <= reach);
  if (hit) return openCoincidence(hit);
  const found = visiblePoints(state).map((p) => [Math.hypot(p.x - x, p.y - y), p]).filter(([d]) => d <= reach).sort((a, b) => a[0] - b[0] || a[1].at - b[1].at);
  if (!found.length) return undefined;
  state.chosen = found[0][1];
  return openPoints(found.map(([, p]) => p));
}

function openPoints(points) {
  const [first] = points;
  return openRows({
    title: `${LAYERS[first.layer].label.split(/[;:]/)[0]}, record ${first.owner.label}`,
    value: points.length === 1 ? localTime(first.at) : `${number(points.length)} records drawn at this spot`,
    rows: () => rowsBehind("events", points.map((p) => p.event)),
    note: "A position is shown as the record supplies it. It is a statement about a device, not about a person.",
  });
}

function stepPoint(state, direction) {
  const points = visiblePoints(state);
  if (!points.length) return;
  const index = points.indexOf(state.chosen);
  state.chosen = points[index < 0 ? 0 : (index + direction + points.length) % points.length];
  Object.assign(state.view, { x: state.chosen.x, y: state.chosen.y });
  announce(`${LAYERS[state.chosen.layer].label.split(/[;:]/)[0]}, ${state.chosen.owner.label}, ${localTime(state.chosen.at)}, ${state.chosen.lat}, ${state.chosen.lon}`);
}

function openChosen(state) {
  if (!state.chosen) stepPoint(state, 1);
  if (state.chosen) openPoints([state.chosen]);
}

function timeControls(state, changed) {
  const dated = state.points.map((p) => p.at).filter((at) => !isNothing(at));
  if (!dated.length) return "";
  const first = dated.reduce((a, b) => Math.min(a, b));
  const last = dated.reduce((a, b) => Math.max(a, b));
  const select = options(h("select"), WINDOWS);
  const slider = h("input", { type: "range", min: "0", max: "1000", value: "0", disabled: true, class: "slider" });
  const label = h("output", { class: "time-label" });
  const play = h("button", { type: "button", class: "button", disabled: true, "aria-pressed": "false" }, "Play");
  let timer = 0;
  const show = () => {
    state.start = first + Number(slider.value) * state.window;
    label.textContent = state.window ? `${localShort(state.start)} to ${localShort(state.start + state.window)}: ${plural(visiblePoints(state).length, "record")}` : `${localShort(first)} to ${localShort(last)}`;
    slider.setAttribute("aria-valuetext", label.textContent);
    changed();
  };
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; play.setAttribute("aria-pressed", "false"); };
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
    timer = setInterval(() => {
      if (Number(slider.value) >= Number(slider.max)) return stop();
      slider.value = String(Number(slider.value) + 1);
      return show();
    }, isStill() ? 1200 : 350);
    return undefined;
  });
  show();
  return h("div", { class: "time-controls" }, field("Time window", select), field("Move the window", slider), play, label);
}

// What the canvas shows, as a table; filled when it is opened.
function mapTable(state) {
  const body = h("div", {});
  const element = details("Show the records of this view as a table", body);
  const refresh = () => {
    if (!element.open) return;
    const points = visiblePoints(state);
    body.replaceChildren(
      h("p", { class: "quiet" }, plural(points.length, "record"), points.length > MAP_ROWS ? `, the first ${MAP_ROWS} below` : ""),
      dataTable("Positions as supplied", ["When", "Whose record", "What", { label: "Latitude", numeric: true }, { label: "Longitude", numeric: true }, { label: "Accuracy, m", numeric: true }, { label: "Azimuth, °", numeric: true }, "Rows"],
        points.slice(0, MAP_ROWS).map((p) => [localTime(p.at), said(p.owner.label), LAYERS[p.layer].label.split(/[;:]/)[0], String(p.lat), String(p.lon), isNothing(p.accuracy) ? "not supplied" : number(p.accuracy), isNothing(p.azimuth) ? "" : number(p.azimuth),
          leadButton("Rows", `Position recorded ${localTime(p.at)}`, () => rowsBehind("events", [p.event]))])));
  };
  element.addEventListener("toggle", refresh);
  return { element, refresh };
}
