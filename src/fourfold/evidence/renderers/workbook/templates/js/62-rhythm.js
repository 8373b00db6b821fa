// The rhythm strip: days across, hours down, with the days on which he was told to stop.

const HOUR_PX = 9;
const STEPS = [1, 2, 4, 8, 16];
const SHADE_WORDS = ["1", "2 to 3", "4 to 7", "8 to 15", "16 or more"];

// cells: [{day, hour, count, rows}]; markers: [{day, hour, label, kind}]
function rhythmStrip(title, days, cells, markers, pitch) {
  const left = 34;
  const top = 34;
  const width = left + days.count * pitch + 20;
  const height = 24 * HOUR_PX;
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${top + height + 22}`,
    width,
    height: top + height + 22,
    role: "group",
    "aria-label": `${title}. Arrow keys move between filled hours, Enter shows source rows.`,
  });
  picture.append(
    svg("rect", { x: left, y: top, width: days.count * pitch, height, class: "strip-ground" }),
  );
  for (const hour of [0, 6, 12, 18, 24]) {
    const y = top + hour * HOUR_PX;
    picture.append(
      svg("line", { x1: left, x2: left + days.count * pitch, y1: y, y2: y, class: "grid" }),
    );
    if (hour < 24)
      picture.append(
        svg(
          "text",
          { x: left - 6, y: y + 9, class: "axis end" },
          `${String(hour).padStart(2, "0")}:00`.slice(0, 2),
        ),
      );
  }
  drawMonths(picture, days, pitch, left, top + height);
  const shapes = cells.map((cell) => {
    const rect = svg(
      "rect",
      {
        x: left + cell.day * pitch + 0.5,
        y: top + cell.hour * HOUR_PX + 0.5,
        width: pitch - 1,
        height: HOUR_PX - 1,
        class: `heat heat-${shade(cell.count)}`,
        role: "button",
        "aria-label": cellWords(days, cell),
        onclick: () =>
          openRows({ title: cellWords(days, cell), value: number(cell.count), rows: cell.rows }),
      },
      svg("title", {}, cellWords(days, cell)),
    );
    picture.append(rect);
    return rect;
  });
  drawMarkers(picture, markers, pitch, left, top, height);
  rove(picture, shapes, stripSteps(cells));
  return h("div", { class: "scroll chart-scroll" }, picture);
}

const shade = (count) => STEPS.filter((step) => count >= step).length - 1;

function cellWords(days, cell) {
  const hour = String(cell.hour).padStart(2, "0");
  return `${dayWords(dayOfNumber(days.first + cell.day))}, ${hour}:00 to ${hour}:59: ${plural(cell.count, "contact")}`;
}

function shadeLegend() {
  return h(
    "p",
    { class: "legend" },
    "Contacts in one hour: ",
    SHADE_WORDS.map((words, i) => [
      h("span", { class: `swatch heat-${i}`, "aria-hidden": "true" }),
      `${words} `,
    ]),
  );
}

function drawMonths(picture, days, pitch, left, floor) {
  let lastX = -100;
  for (let i = 0; i < days.count; i += 1) {
    const [year, month, date] = dayOfNumber(days.first + i)
      .split("-")
      .map(Number);
    const x = left + i * pitch;
    if (date === 1 || i === 0) {
      picture.append(svg("line", { x1: x, x2: x, y1: floor, y2: floor + 6, class: "tick" }));
      if (x - lastX > 64) {
        picture.append(
          svg(
            "text",
            { x: x + 3, y: floor + 16, class: "axis" },
            `${date === 1 ? "" : `${date} `}${MONTHS[month - 1]} ${year}`,
          ),
        );
        lastX = x;
      }
    } else if ((days.first + i) % 7 === 0 && pitch >= 5) {
      picture.append(svg("line", { x1: x, x2: x, y1: floor, y2: floor + 3, class: "tick" }));
    }
  }
}

// Labels step down when they would overlap.
function drawMarkers(picture, markers, pitch, left, top, height) {
  const ends = [];
  for (const marker of [...markers].sort((a, b) => a.day - b.day)) {
    const x = left + (marker.day + (marker.hour ?? 0) / 24) * pitch;
    let line = ends.findIndex((end) => end < x);
    if (line < 0) line = ends.length;
    ends[line] = x + 8 + marker.label.length * 6.6;
    const y = 10 + (line % 3) * 11;
    picture.append(
      svg(
        "g",
        { class: `marker marker-${marker.kind}` },
        svg("line", { x1: x, x2: x, y1: y - 6, y2: top + height }),
        svg("text", { x: x + 4, y: y + 2 }, marker.label),
      ),
    );
  }
}

// Up and down within a day, left and right to the closest filled hour of another day.
function stripSteps(cells) {
  const sideways = (i, direction) => {
    const from = cells[i];
    let best;
    for (let j = i + direction; cells[j]; j += direction) {
      if (cells[j].day === from.day) continue;
      if (best !== undefined && cells[j].day !== cells[best].day) break;
      if (
        best === undefined ||
        Math.abs(cells[j].hour - from.hour) < Math.abs(cells[best].hour - from.hour)
      )
        best = j;
    }
    return best;
  };
  return {
    ArrowUp: (i) => i - 1,
    ArrowDown: (i) => i + 1,
    ArrowLeft: (i) => sideways(i, -1),
    ArrowRight: (i) => sideways(i, 1),
    [FIRST_KEY]: () => 0,
    [LAST_KEY]: () => cells.length - 1,
  };
}
