// Pan, zoom and choice on the map: mouse, touch and keyboard.

const HIT_PX = 9;
const MIDDLE_SHARE = 0.9;

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
  const span = Math.max(
    (east - west) / (canvas.clientWidth * 0.8),
    (south - north) / (canvas.clientHeight * 0.8),
    2e-9,
  );
  Object.assign(state.view, { x: (west + east) / 2, y: (north + south) / 2, scale: 1 / span });
  state.isFitted = true;
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
  const paintSoon = () => {
    drawMap(canvas, sceneOf(state), state.view);
    settle();
  };
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(state, Math.exp(-event.deltaY * 0.0016), fromMiddle(canvas, event));
      paintSoon();
    },
    { passive: false },
  );
  connectPointers(canvas, state, paintSoon);
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / state.view.scale;
    const actions = {
      ArrowLeft: () => (state.view.x -= step),
      ArrowRight: () => (state.view.x += step),
      ArrowUp: () => (state.view.y -= step),
      ArrowDown: () => (state.view.y += step),
      "+": () => zoom(state, 1.4),
      "=": () => zoom(state, 1.4),
      "-": () => zoom(state, 1 / 1.4),
      0: () => fit(state, canvas, 1),
      n: () => stepPoint(state, 1),
      p: () => stepPoint(state, -1),
      Enter: () => openChosen(state),
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
      zoom(
        state,
        apart(now) / Math.max(1, apart(before)),
        fromMiddle(canvas, { clientX: (now[0] + other[0]) / 2, clientY: (now[1] + other[1]) / 2 }),
      );
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
  const hit = sceneOf(state).coincidences.find(
    (c) => Math.hypot(c.x - x, c.y - offset - y) <= reach,
  );
  if (hit) return openCoincidence(hit);
  const found = visiblePoints(state)
    .map((p) => [Math.hypot(p.x - x, p.y - y), p])
    .filter(([d]) => d <= reach)
    .sort((a, b) => a[0] - b[0] || a[1].at - b[1].at);
  if (!found.length) return undefined;
  state.chosen = found[0][1];
  return openPoints(found.map(([, p]) => p));
}

function openPoints(points) {
  const [first] = points;
  return openRows({
    title: `${LAYERS[first.layer].label.split(/[;:]/)[0]}, record ${first.owner.label}`,
    value:
      points.length === 1
        ? localTime(first.at)
        : `${number(points.length)} records drawn at this spot`,
    rows: () =>
      rowsBehind(
        "events",
        points.map((p) => p.event),
      ),
    note: "A position is shown as the record supplies it. It is a statement about a device, not about a person.",
  });
}

function stepPoint(state, direction) {
  const points = visiblePoints(state);
  if (!points.length) return;
  const index = points.indexOf(state.chosen);
  state.chosen = points[index < 0 ? 0 : (index + direction + points.length) % points.length];
  Object.assign(state.view, { x: state.chosen.x, y: state.chosen.y });
  announce(
    `${LAYERS[state.chosen.layer].label.split(/[;:]/)[0]}, ${state.chosen.owner.label}, ${localTime(state.chosen.at)}, ${state.chosen.lat}, ${state.chosen.lon}`,
  );
}

function openChosen(state) {
  if (!state.chosen) stepPoint(state, 1);
  if (state.chosen) openPoints([state.chosen]);
}
