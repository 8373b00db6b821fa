// The map page: what is drawn, whose records, and the same as a table.

const MAP_ROWS = 100;

section({ id: "map", title: "Map", build: buildMap });

async function buildMap(page) {
  const [{ points, owners }, coincidences] = await Promise.all([mapPoints(), mapCoincidences()]);
  const places = mapPlaces();
  if (!points.length && !places.length) {
    page.append(
      empty(
        "Nothing to draw",
        "No record supplies a position, and case.toml names no place. Cells without a supplied position stay in the tables; no position is invented for them.",
      ),
    );
    return;
  }
  const layers = Object.fromEntries(
    Object.keys(LAYERS).map((name) => [name, points.some((p) => p.layer === name)]),
  );
  const state = {
    points,
    owners,
    places,
    coincidences,
    areas: mapAreas(),
    shown: { ...layers, places: true, A: true, B: true, C: false },
    window: 0,
    start: 0,
    chosen: null,
    view: { x: 0.5, y: 0.5, scale: 1000 },
  };
  const canvas = h("canvas", {
    class: "map",
    tabindex: "0",
    role: "application",
    "aria-roledescription": "map",
    "aria-label":
      "Map of positions as supplied. Arrow keys pan, plus and minus zoom, N and P step through records, Enter shows source rows, 0 shows all.",
  });
  const table = mapTable(state);
  const paint = () => {
    drawMap(canvas, sceneOf(state), state.view);
  };
  const changed = () => {
    paint();
    table.refresh();
  };
  page.append(
    h(
      "p",
      { class: "lead-text" },
      "Every symbol stands where a record puts it. Phones need not use the closest mast; a cell is drawn as a point as supplied, and the short line is its supplied azimuth, not coverage. Nothing is drawn between records.",
    ),
    h("div", { class: "map-frame" }, canvas, mapButtons(state, canvas, paint)),
    timeControls(state, changed),
    mapLegend(state, layers, changed),
    table.element,
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

const isInWindow = (state, at) =>
  !state.window || (at >= state.start && at < state.start + state.window);

function visiblePoints(state) {
  return state.points.filter(
    (p) => state.shown[p.layer] && p.owner.isShown && isInWindow(state, p.at),
  );
}

function sceneOf(state) {
  return {
    points: visiblePoints(state),
    areas: state.areas,
    chosen: state.chosen,
    places: state.shown.places ? state.places : [],
    coincidences: state.coincidences.filter((c) => state.shown[c.class] && isInWindow(state, c.at)),
  };
}

function mapLegend(state, layers, changed) {
  const check = (label, isOn, set, mark) => {
    const input = h("input", {
      type: "checkbox",
      id: freshId("layer"),
      onchange: () => {
        set(input.checked);
        changed();
      },
    });
    input.checked = isOn;
    return h("div", { class: "check" }, input, h("label", { for: input.id }, mark, label));
  };
  const symbol = (name) => {
    const canvas = h("canvas", {
      class: "symbol",
      width: "32",
      height: "28",
      "aria-hidden": "true",
    });
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
  const classes = ["A", "B", "C"].filter((name) =>
    state.coincidences.some((c) => c.class === name),
  );
  const present = Object.keys(layers).filter((name) => layers[name]);
  return h(
    "div",
    { class: "map-legend" },
    h(
      "fieldset",
      {},
      h("legend", {}, "What"),
      present.map((name) =>
        check(
          LAYERS[name].label,
          true,
          (on) => (state.shown[name] = on),
          symbol(LAYERS[name].symbol),
        ),
      ),
      state.places.length
        ? check(
            "Places of the case file; circle: stated radius",
            true,
            (on) => (state.shown.places = on),
          )
        : "",
      classes.map((name) =>
        check(
          `Coincidences, class ${name}${name === "C" ? ": for investigation only" : ""}`,
          state.shown[name],
          (on) => (state.shown[name] = on),
        ),
      ),
    ),
    h(
      "fieldset",
      {},
      h("legend", {}, "Whose record"),
      state.owners.map((owner) =>
        check(
          [said(owner.label), ` (${number(owner.count)})`],
          true,
          (on) => (owner.isShown = on),
          h("span", { class: `swatch tone-${owner.tone}`, "aria-hidden": "true" }),
        ),
      ),
    ),
  );
}

function mapButtons(state, canvas, paint) {
  const button = (label, sign, action) =>
    h(
      "button",
      {
        type: "button",
        class: "map-button",
        "aria-label": label,
        onclick: () => {
          action();
          paint();
        },
      },
      sign,
    );
  return h(
    "div",
    { class: "map-buttons" },
    button("Zoom in", "+", () => zoom(state, 1.6)),
    button("Zoom out", "−", () => zoom(state, 1 / 1.6)),
    button("Show all", "All", () => fit(state, canvas, 1)),
  );
}

// What the canvas shows, as a table; filled when it is opened.
function mapTable(state) {
  const body = h("div", {});
  const element = details("Show the records of this view as a table", body);
  const refresh = () => {
    if (!element.open) return;
    const points = visiblePoints(state);
    body.replaceChildren(
      h(
        "p",
        { class: "quiet" },
        plural(points.length, "record"),
        points.length > MAP_ROWS ? `, the first ${MAP_ROWS} below` : "",
      ),
      dataTable(
        "Positions as supplied",
        [
          "When",
          "Whose record",
          "What",
          { label: "Latitude", numeric: true },
          { label: "Longitude", numeric: true },
          { label: "Accuracy, m", numeric: true },
          { label: "Azimuth, °", numeric: true },
          "Rows",
        ],
        points
          .slice(0, MAP_ROWS)
          .map((p) => [
            localTime(p.at),
            said(p.owner.label),
            LAYERS[p.layer].label.split(/[;:]/)[0],
            String(p.lat),
            String(p.lon),
            isNothing(p.accuracy) ? "not supplied" : number(p.accuracy),
            isNothing(p.azimuth) ? "" : number(p.azimuth),
            leadButton("Rows", `Position recorded ${localTime(p.at)}`, () =>
              rowsBehind("events", [p.event]),
            ),
          ]),
      ),
    );
  };
  element.addEventListener("toggle", refresh);
  return { element, refresh };
}
