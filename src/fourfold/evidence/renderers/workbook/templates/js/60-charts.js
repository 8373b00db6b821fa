// Bar charts drawn here as SVG: every bar is a button, every chart has a table beside it.

// bars: [{label, about, parts: [{name, count, rows}]}]; parts are stacked.
// options: {height, every, markers: [{at, label}], names}
function barChart(title, bars, options = {}) {
  const figure = h("figure", { class: "chart" }, h("figcaption", {}, title));
  if (!bars.some((bar) => total(bar) > 0)) {
    figure.append(h("p", { class: "quiet" }, "No record of this kind in the data supplied."));
    return figure;
  }
  if (options.names?.length > 1) figure.append(legend(options.names));
  figure.append(
    options.isRanked ? rankedBars(title, bars) : verticalBars(title, bars, options),
    barTable(title, bars, options),
  );
  return figure;
}

const total = (bar) => bar.parts.reduce((sum, part) => sum + part.count, 0);

function legend(names) {
  return h(
    "p",
    { class: "legend", "aria-hidden": "true" },
    names.map((name, i) => [h("span", { class: `swatch fill-${i}` }), `${name} `]),
  );
}

function verticalBars(title, bars, { height = 150, every = 1, markers = [], pitch } = {}) {
  const step = pitch ?? Math.max(12, Math.min(34, Math.floor(680 / bars.length)));
  const left = 34;
  const width = left + bars.length * step + 20;
  const top = 14;
  const most = Math.max(...bars.map(total));
  const scale = niceScale(most);
  const y = (count) => top + height - (count / scale.top) * height;
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${height + 40}`,
    width,
    height: height + 40,
    role: "group",
    "aria-label": `${title}. Arrow keys move, Enter shows source rows.`,
  });
  for (const tick of scale.ticks) {
    picture.append(
      svg("line", { x1: left, x2: width, y1: y(tick), y2: y(tick), class: "grid" }),
      svg("text", { x: left - 6, y: y(tick) + 4, class: "axis end" }, number(tick)),
    );
  }
  markers.forEach((marker) =>
    picture.append(markerLine(left + (marker.at + 0.5) * step, top, height, marker)),
  );
  const items = [];
  bars.forEach((bar, i) => {
    const x = left + i * step;
    if (i % every === 0 && (i === 0 || bars.length - i > every / 3))
      picture.append(
        svg(
          "text",
          { x: x + step / 2, y: top + height + 16, class: "axis middle" },
          bar.short ?? bar.label,
        ),
      );
    if (total(bar)) items.push(barShape(picture, bar, x, step, y, top + height));
  });
  rove(picture, items, alongRow(items.length));
  return h("div", { class: "scroll chart-scroll" }, picture);
}

function barShape(picture, bar, x, step, y, floor) {
  const gap = step > 8 ? 2 : 0.5;
  const group = svg("g", {
    role: "button",
    class: "bar",
    "aria-label": barWords(bar),
    onclick: () => openBar(bar),
  });
  group.append(svg("rect", { x, y: 14, width: step, height: floor - 14, class: "bar-hit" }));
  let base = 0;
  bar.parts.forEach((part, i) => {
    if (!part.count) return;
    const upper = y(base + part.count);
    group.append(
      svg("rect", {
        x: x + gap / 2,
        y: upper,
        width: step - gap,
        height: y(base) - upper,
        class: `fill-${i}`,
      }),
    );
    base += part.count;
  });
  group.append(svg("title", {}, barWords(bar)));
  picture.append(group);
  return group;
}

function rankedBars(title, bars) {
  const most = Math.max(...bars.map(total));
  return h(
    "ul",
    { class: "ranked", "aria-label": title },
    bars.filter(total).map((bar) => {
      const length = h("span", { class: "ranked-bar", "aria-hidden": "true" });
      bar.parts.forEach((part, i) => {
        if (!part.count) return;
        const piece = h("span", { class: `fill-${i}` });
        piece.style.width = `${(part.count / most) * 100}%`;
        length.append(piece);
      });
      return h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "ranked-row",
            "aria-label": `${barWords(bar)}. Show source rows`,
            onclick: () => openBar(bar),
          },
          h("span", { class: "ranked-label" }, said(bar.label)),
          length,
          h("span", { class: "ranked-count" }, number(total(bar))),
        ),
      );
    }),
  );
}

function barWords(bar) {
  const parts = bar.parts
    .filter((part) => part.count && part.name)
    .map((part) => `${number(part.count)} ${part.name}`);
  return `${bar.about ?? bar.label}: ${number(total(bar))}${bar.parts.length > 1 && parts.length ? ` (${parts.join(", ")})` : ""}`;
}

function openBar(bar) {
  openRows({
    title: bar.about ?? bar.label,
    value: number(total(bar)),
    rows: async () => distinctSorted(await Promise.all(bar.parts.map((part) => part.rows()))),
  });
}

function barTable(title, bars, { names = [] } = {}) {
  const isStacked = bars[0].parts.length > 1;
  const body = h("div", {});
  const element = details("Show as a table", body);
  element.dataset.records = String(bars.length);
  element.addEventListener("toggle", () => {
    if (!element.open || body.firstChild) return;
    const head = [
      { label: "" },
      ...(isStacked ? names.map((label) => ({ label, numeric: true })) : []),
      { label: "All", numeric: true },
    ];
    head[0].label = "Group";
    body.append(
      dataTable(
        title,
        head,
        bars
          .filter(total)
          .map((bar) => [
            said(bar.about ?? bar.label),
            ...(isStacked
              ? bar.parts.map((part) =>
                  part.count
                    ? leadButton(
                        number(part.count),
                        `${bar.about ?? bar.label}, ${part.name}`,
                        part.rows,
                      )
                    : "0",
                )
              : []),
            leadButton(number(total(bar)), bar.about ?? bar.label, async () =>
              distinctSorted(await Promise.all(bar.parts.map((part) => part.rows()))),
            ),
          ]),
      ),
    );
  });
  return element;
}

function niceScale(most) {
  const rough = Math.max(1, most / 3);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const top = Math.ceil(most / step) * step;
  return { top, ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step) };
}

function markerLine(x, top, height, marker) {
  return svg(
    "g",
    { class: `marker marker-${marker.kind}` },
    svg("line", { x1: x, x2: x, y1: top - 10, y2: top + height }),
    svg("text", { x: x + 4, y: top - 2 }, marker.label),
  );
}
