// Drawing of the map on a canvas. No outline stands for coverage: a circle is a supplied
// accuracy, a bearing is a short mark of fixed length, and nothing is joined into a route.

const BEARING_PX = 15;
const SYMBOL_PX = 4;

function mapColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    ground: read("--map-ground"),
    line: read("--map-line"),
    ink: read("--ink"),
    quiet: read("--quiet"),
    halo: read("--surface"),
    tones: [
      read("--tone-suspect"),
      read("--tone-victim"),
      read("--tone-third"),
      read("--tone-none"),
    ],
    place: read("--place"),
    area: read("--area"),
    hit: read("--hit"),
  };
}

// scene: {points, places, areas, coincidences, chosen}; view: {x, y, scale}: unit square to pixels.
function drawMap(canvas, scene, view) {
  const context = canvas.getContext("2d");
  const ratio = devicePixelRatio || 1;
  const size = { width: canvas.clientWidth, height: canvas.clientHeight };
  if (canvas.width !== Math.round(size.width * ratio))
    canvas.width = Math.round(size.width * ratio);
  if (canvas.height !== Math.round(size.height * ratio))
    canvas.height = Math.round(size.height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const colours = mapColours();
  const at = (x, y) => [
    (x - view.x) * view.scale + size.width / 2,
    (y - view.y) * view.scale + size.height / 2,
  ];
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, size.width, size.height);
  drawGraticule(context, size, view, at, colours);
  scene.areas.forEach((area) => drawArea(context, area, at, view, colours));
  drawAccuracy(context, scene.points, at, view, size, colours);
  drawSymbols(context, scene.points, at, size, colours);
  drawPlaces(context, scene.places, at, view, colours);
  scene.coincidences.forEach((c) => drawCoincidence(context, c, at, colours));
  if (scene.chosen) drawChosen(context, at(scene.chosen.x, scene.chosen.y), colours);
  drawScaleBar(context, size, view, colours);
}

const GRID_DEGREES = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];

function drawGraticule(context, size, view, at, colours) {
  const west = lonOf(view.x - size.width / 2 / view.scale);
  const east = lonOf(view.x + size.width / 2 / view.scale);
  const step = GRID_DEGREES.find((s) => (east - west) / s >= 4) ?? 0.0005;
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  context.strokeStyle = colours.line;
  context.fillStyle = colours.quiet;
  context.lineWidth = 1;
  context.font = "11px system-ui, sans-serif";
  context.beginPath();
  for (let lon = Math.ceil(west / step) * step; lon <= east; lon += step) {
    const [x] = at(mercatorX(lon), view.y);
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, size.height);
    context.fillText(
      `${Math.abs(lon).toFixed(digits)}° ${lon < 0 ? "W" : "E"}`,
      x + 3,
      size.height - 5,
    );
  }
  const south = latOf(view.y + size.height / 2 / view.scale);
  const north = latOf(view.y - size.height / 2 / view.scale);
  for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step) {
    const [, y] = at(view.x, mercatorY(lat));
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(size.width, Math.round(y) + 0.5);
    context.fillText(`${Math.abs(lat).toFixed(digits)}° ${lat < 0 ? "S" : "N"}`, 4, y - 3);
  }
  context.stroke();
}

const pixelsOf = (metres, lat, view) => (metres / metresPerUnit(lat)) * view.scale;
const isSeen = (x, y, size, margin) =>
  x > -margin && y > -margin && x < size.width + margin && y < size.height + margin;

// Where many circles lie on one another they get fainter, so that they do not look like ground covered.
function drawAccuracy(context, points, at, view, size, colours) {
  const circles = new Map();
  for (const point of points) {
    if (!(point.accuracy > 0)) continue;
    const radius = pixelsOf(point.accuracy, point.lat, view);
    const [x, y] = at(point.x, point.y);
    if (radius < SYMBOL_PX + 1 || radius > 4000 || !isSeen(x, y, size, radius)) continue;
    circles.set(`${Math.round(x)},${Math.round(y)},${Math.round(radius)},${point.owner.tone}`, [
      x,
      y,
      radius,
      point.owner.tone,
    ]);
  }
  context.lineWidth = 1;
  for (const [x, y, radius, tone] of circles.values()) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = context.fillStyle = colours.tones[tone];
    if (circles.size < 80) {
      context.globalAlpha = 0.07;
      context.fill();
    }
    context.globalAlpha = Math.max(0.12, Math.min(0.5, 40 / circles.size));
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawSymbols(context, points, at, size, colours) {
  const drawn = new Set();
  for (const point of points) {
    const [x, y] = at(point.x, point.y);
    if (!isSeen(x, y, size, 20)) continue;
    const key =
      ((Math.round(x) + 40) * 8192 + Math.round(y) + 40) * 64 +
      point.owner.tone * 8 +
      LAYER_NUMBER[point.layer];
    if (drawn.has(key)) continue;
    drawn.add(key);
    drawSymbol(context, point, x, y, colours);
  }
}

const LAYER_NUMBER = Object.fromEntries(Object.keys(LAYERS).map((name, i) => [name, i]));

function drawSymbol(context, point, x, y, colours) {
  context.fillStyle = context.strokeStyle = colours.tones[point.owner.tone];
  context.lineWidth = 2;
  if (!isNothing(point.azimuth) && point.layer === "cell")
    drawBearing(context, x, y, point.azimuth);
  drawShape(context, LAYERS[point.layer].symbol, x, y, colours.halo);
}

// The fixed length says that the mark is a direction and not a distance.
function drawBearing(context, x, y, degrees) {
  const turn = (degrees * Math.PI) / 180;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + Math.sin(turn) * BEARING_PX, y - Math.cos(turn) * BEARING_PX);
  context.stroke();
}

function drawShape(context, symbol, x, y, halo) {
  const s = SYMBOL_PX;
  context.beginPath();
  if (symbol === "dot" || symbol === "ring") context.arc(x, y, s, 0, 2 * Math.PI);
  else if (symbol === "square") context.rect(x - s, y - s, 2 * s, 2 * s);
  else if (symbol === "triangle")
    polygon(context, [
      [x, y - s - 2],
      [x + s + 1, y + s],
      [x - s - 1, y + s],
    ]);
  else if (symbol === "diamond")
    polygon(context, [
      [x, y - s - 2],
      [x + s + 2, y],
      [x, y + s + 2],
      [x - s - 2, y],
    ]);
  else {
    context.moveTo(x - s, y - s);
    context.lineTo(x + s, y + s);
    context.moveTo(x + s, y - s);
    context.lineTo(x - s, y + s);
  }
  if (symbol === "cross") return context.stroke();
  if (symbol === "ring") {
    const ink = context.strokeStyle;
    context.fillStyle = halo;
    context.fill();
    context.strokeStyle = ink;
    return context.stroke();
  }
  context.fill();
  context.strokeStyle = halo;
  context.lineWidth = 1;
  return context.stroke();
}

function polygon(context, corners) {
  corners.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

// Labels that would cover another are left out until there is room; sensitive places go first.
function drawPlaces(context, places, at, view, colours) {
  const taken = [];
  for (const place of [...places].sort((a, b) => Number(b.is_sensitive) - Number(a.is_sensitive))) {
    const [x, y] = at(place.x, place.y);
    drawPlace(context, place, [x, y], view, colours);
    const text = `${place.label || place.key}${place.is_sensitive ? " (sensitive: never in a served copy)" : ""}`;
    const box = [x + 6, y - 20, x + 12 + context.measureText(text).width, y - 2];
    if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]))
      continue;
    taken.push(box);
    haloText(context, text, x + 8, y - 6, colours);
  }
}

function drawPlace(context, place, [x, y], view, colours) {
  const radius = pixelsOf(place.radius_m, place.lat, view);
  context.strokeStyle = colours.place;
  context.lineWidth = 1.5;
  context.setLineDash([4, 3]);
  if (radius > 6) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
  context.fillStyle = colours.place;
  context.beginPath();
  polygon(context, [
    [x, y],
    [x - 5, y - 9],
    [x + 5, y - 9],
  ]);
  context.fill();
  context.font = "12px system-ui, sans-serif";
}

function haloText(context, text, x, y, colours) {
  context.font = "12px system-ui, sans-serif";
  context.lineWidth = 3;
  context.strokeStyle = colours.halo;
  context.strokeText(text, x, y);
  context.fillStyle = colours.ink;
  context.fillText(text, x, y);
}

function drawArea(context, area, at, view, colours) {
  context.strokeStyle = colours.area;
  context.lineWidth = 2;
  context.setLineDash([8, 4]);
  context.beginPath();
  let label;
  if (area.circle) {
    const [x, y] = at(area.circle.x, area.circle.y);
    const radius = pixelsOf(area.circle.radius, area.circle.lat, view);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    label = [x - radius * 0.7, y - radius * 0.75];
  } else {
    const corners = area.points.map((p) => at(p.x, p.y));
    if (!corners.length) return context.setLineDash([]);
    polygon(context, corners);
    [label] = corners;
  }
  context.stroke();
  context.setLineDash([]);
  return haloText(context, area.label, label[0], label[1], colours);
}

function drawCoincidence(context, c, at, colours) {
  const [x, y] = at(c.x, c.y);
  context.fillStyle = colours.hit;
  context.strokeStyle = colours.halo;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y - 14, 8, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.fillStyle = colours.halo;
  context.font = "bold 11px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillText(c.class, x, y - 10);
  context.textAlign = "start";
}

function drawChosen(context, [x, y], colours) {
  context.strokeStyle = colours.ink;
  context.lineWidth = 3;
  context.beginPath();
  context.arc(x, y, 11, 0, 2 * Math.PI);
  context.stroke();
}

function drawScaleBar(context, size, view, colours) {
  const metresPerPixel = metresPerUnit(latOf(view.y)) / view.scale;
  const metres =
    [1, 2, 5]
      .flatMap((m) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((p) => m * p))
      .sort((a, b) => b - a)
      .find((m) => m / metresPerPixel <= 140) ?? 1;
  const length = metres / metresPerPixel;
  const x = size.width - length - 16;
  context.fillStyle = colours.halo;
  context.globalAlpha = 0.85;
  context.fillRect(x - 8, size.height - 46, length + 16, 28);
  context.globalAlpha = 1;
  context.strokeStyle = context.fillStyle = colours.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, size.height - 32);
  context.lineTo(x, size.height - 26);
  context.lineTo(x + length, size.height - 26);
  context.lineTo(x + length, size.height - 32);
  context.stroke();
  context.font = "12px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillText(
    metres >= 1000 ? `${metres / 1000} km` : `${metres} m`,
    x + length / 2,
    size.height - 32,
  );
  context.textAlign = "start";
}
