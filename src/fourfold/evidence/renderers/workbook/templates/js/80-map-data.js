// What the map shows: positions exactly as records supply them, and places of the case file.

const MAP_COLUMNS = [
  "lat",
  "lon",
  "accuracy_m",
  "accuracy_meaning",
  "place_kind",
  "azimuth_deg",
  "subject_id",
  "started_at",
  "kind",
  "cell_id",
  "position_basis",
];
const TONES = { suspect: 0, victim: 1, third_party: 2, none: 3 };

async function mapPoints() {
  const cols = await columns("events", MAP_COLUMNS);
  const attributed = await attributions();
  const owners = new Map();
  const points = [];
  for (let i = 0; i < cols.lat.length; i += 1) {
    if (isNothing(cols.lat[i]) || isNothing(cols.lon[i])) continue;
    const owner = attributed(cols.subject_id[i], cols.started_at[i]);
    if (!owners.has(owner.label)) owners.set(owner.label, { ...owner, count: 0, isShown: true });
    owners.get(owner.label).count += 1;
    points.push({
      event: i,
      lat: cols.lat[i],
      lon: cols.lon[i],
      x: mercatorX(cols.lon[i]),
      y: mercatorY(cols.lat[i]),
      accuracy: cols.accuracy_m[i],
      azimuth: cols.azimuth_deg[i],
      at: cols.started_at[i],
      owner: owners.get(owner.label),
      layer: layerOf(cols.place_kind[i], cols.kind[i]),
      cell: cols.cell_id[i],
    });
  }
  return {
    points,
    owners: [...owners.values()].sort((a, b) => a.tone - b.tone || (a.label < b.label ? -1 : 1)),
  };
}

function layerOf(placeKind, kind) {
  if (kind === "network_fix") return "network";
  return LAYERS[placeKind] ? placeKind : "stated";
}

const LAYERS = {
  fix: { label: "Device fixes; circle: accuracy as supplied", symbol: "dot" },
  network: { label: "Provider's estimates", symbol: "dot" },
  cell: { label: "Cells as supplied; mark: supplied azimuth, not coverage", symbol: "square" },
  camera: { label: "Cameras", symbol: "triangle" },
  gate: { label: "Gates and stations", symbol: "diamond" },
  stated: { label: "Stated places and inferred visits", symbol: "ring" },
  searched: { label: "Searched places: not a position of the device", symbol: "cross" },
  received: { label: "Received places: not a position of the device", symbol: "cross" },
};

// (identifier, moment) -> who it is attributed to at that moment, on which strength.
async function attributions() {
  const cols = await columns("attributions", [
    "identifier",
    "person",
    "from_at",
    "to_at",
    "strength",
  ]);
  const held = new Map();
  cols.identifier.forEach((identifier, i) => {
    if (!held.has(identifier)) held.set(identifier, []);
    held.get(identifier).push({
      person: cols.person[i],
      from: cols.from_at[i],
      to: cols.to_at[i],
      strength: cols.strength[i],
    });
  });
  return (identifier, at) => {
    const key = String(identifier ?? "");
    const own = key.startsWith("person:")
      ? { person: key.slice(7), strength: "assumed" }
      : undefined;
    const found =
      held
        .get(key)
        ?.find((a) => (isNothing(a.from) || at >= a.from) && (isNothing(a.to) || at < a.to)) ?? own;
    if (!found) return { label: key || "no device stated", tone: TONES.none };
    const role = personOf(found.person)?.role;
    const doubt = found.strength === "accepted" ? "" : ` (${found.strength})`;
    return { label: `attributed to ${found.person}${doubt}`, tone: TONES[role] ?? TONES.none };
  };
}

async function mapCoincidences() {
  if (!hasTable("coincidences")) return [];
  const all = await records("coincidences");
  return all
    .filter((c) => !isNothing(c.lat_a) && !isNothing(c.lon_a))
    .map((c) => ({
      ...c,
      x: mercatorX(c.lon_a),
      y: mercatorY(c.lat_a),
      at: c.started_at,
      x2: isNothing(c.lon_b) ? null : mercatorX(c.lon_b),
      y2: isNothing(c.lat_b) ? null : mercatorY(c.lat_b),
    }));
}

const mapPlaces = () =>
  META.case.places.map((place) => ({ ...place, x: mercatorX(place.lon), y: mercatorY(place.lat) }));

function mapAreas() {
  return META.case.orders.flatMap((order) =>
    order.terms
      .filter((term) => term.shape)
      .map((term) => ({
        label: `Order ${order.key}, term ${term.key}`,
        circle:
          term.shape === "circle"
            ? {
                x: mercatorX(term.lon),
                y: mercatorY(term.lat),
                lat: term.lat,
                radius: term.radius_m,
              }
            : null,
        points: (term.points ?? []).map(([lat, lon]) => ({ x: mercatorX(lon), y: mercatorY(lat) })),
      })),
  );
}

// Web Mercator on a unit square.
const mercatorX = (lon) => (lon + 180) / 360;
const mercatorY = (lat) =>
  0.5 -
  Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) /
    (2 * Math.PI);
const lonOf = (x) => x * 360 - 180;
const latOf = (y) => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;
const EARTH_M = 40_075_016.686;
const metresPerUnit = (lat) => EARTH_M * Math.cos((lat * Math.PI) / 180);
