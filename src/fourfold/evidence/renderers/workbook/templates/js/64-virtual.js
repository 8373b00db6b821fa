// A list of any length: only the entries in view exist as elements.

const TALLEST_PX = 8_000_000; // browsers cut elements taller than some 17 million pixels

// options: {label, rowPx, draw: (index) => nodes, open: (index) => void}
function virtualList({ label, rowPx, draw, open }) {
  const spacer = h("div", { class: "virtual-spacer" });
  const view = h(
    "div",
    { class: "virtual", role: "listbox", tabindex: "0", "aria-label": label },
    spacer,
  );
  const state = { indexes: [], active: 0, shown: new Map(), rowPx: rowPx() };
  const tall = () => Math.min(state.indexes.length * state.rowPx, TALLEST_PX);
  const factor = () =>
    Math.max(
      1,
      (state.indexes.length * state.rowPx - view.clientHeight) /
        Math.max(1, tall() - view.clientHeight),
    );

  function paint() {
    const offset = view.scrollTop * factor();
    const first = Math.max(0, Math.floor(offset / state.rowPx) - 3);
    const last = Math.min(
      state.indexes.length,
      Math.ceil((offset + view.clientHeight) / state.rowPx) + 3,
    );
    for (const [position, node] of state.shown) {
      if (position < first || position >= last) {
        node.remove();
        state.shown.delete(position);
      }
    }
    for (let position = first; position < last; position += 1) {
      let node = state.shown.get(position);
      if (!node) {
        node = entryNode(position);
        state.shown.set(position, node);
        spacer.append(node);
      }
      node.style.transform = `translateY(${position * state.rowPx - offset + view.scrollTop}px)`;
      node.setAttribute("aria-selected", String(position === state.active));
    }
    const active = state.shown.get(state.active);
    if (active) view.setAttribute("aria-activedescendant", active.id);
    else view.removeAttribute("aria-activedescendant");
  }

  function entryNode(position) {
    const node = h(
      "div",
      {
        class: "virtual-row",
        role: "option",
        id: freshId("entry"),
        "aria-setsize": state.indexes.length,
        "aria-posinset": position + 1,
        onclick: () => {
          state.active = position;
          paint();
          open(state.indexes[position]);
        },
      },
      draw(state.indexes[position], position),
    );
    node.style.height = `${state.rowPx}px`;
    return node;
  }

  function reset() {
    state.rowPx = rowPx();
    spacer.style.height = `${tall()}px`;
    for (const node of state.shown.values()) node.remove();
    state.shown.clear();
    paint();
  }

  function moveTo(position) {
    state.active = Math.max(0, Math.min(state.indexes.length - 1, position));
    const y = state.active * state.rowPx;
    const offset = view.scrollTop * factor();
    if (y < offset) view.scrollTop = y / factor();
    else if (y + state.rowPx > offset + view.clientHeight)
      view.scrollTop = (y + state.rowPx - view.clientHeight) / factor() + 1;
    paint();
  }

  view.addEventListener("scroll", () => requestAnimationFrame(paint), { passive: true });
  view.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(view.clientHeight / state.rowPx) - 1);
    const moves = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      [FIRST_KEY]: -Infinity,
      [LAST_KEY]: Infinity,
    };
    if (event.key === "Enter" && state.indexes.length) open(state.indexes[state.active]);
    else if (event.key in moves) moveTo(state.active + moves[event.key]);
    else return;
    event.preventDefault();
  });
  new ResizeObserver(() => reset()).observe(view);

  return {
    view,
    show(indexes) {
      state.indexes = indexes;
      state.active = 0;
      view.scrollTop = 0;
      reset();
    },
    moveTo,
  };
}
