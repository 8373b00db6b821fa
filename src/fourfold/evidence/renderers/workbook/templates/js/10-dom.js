// Elements are built here and only here. Whatever comes from evidence becomes a text node:
// there is no innerHTML, no style attribute and no address made of evidence in this page.

const SVG_NS = "http://www.w3.org/2000/svg";
const FIRST_KEY = "Home";
const LAST_KEY = "End";

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) node.append(child);
  }
  return node;
}

const h = (tag, props = {}, ...children) => fill(document.createElement(tag), props, children);
const svg = (tag, props = {}, ...children) =>
  fill(document.createElementNS(SVG_NS, tag), props, children);

// Text of evidence: isolated, so that right-to-left marks in it cannot turn the words around it.
const said = (text) =>
  h("bdi", { dir: "auto" }, text === null || text === undefined ? "" : String(text));

const byId = (id) => document.getElementById(id);

function announce(text) {
  byId("live").textContent = text;
}

let serial = 0;
const freshId = (stem) => `${stem}-${(serial += 1)}`;

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function debounce(action, ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), ms);
  };
}

// One stop for the Tab key, arrows inside: items are elements with tabindex -1.
// steps: key -> (index) => next index, or undefined to stay.
function rove(container, items, steps) {
  if (!items.length) return;
  let current = 0;
  items.forEach((item, index) => item.setAttribute("tabindex", index ? "-1" : "0"));
  container.addEventListener("keydown", (event) => {
    const index = items.indexOf(event.target.closest("[tabindex]"));
    if (index < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      items[index].dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return;
    }
    const next = steps[event.key]?.(index);
    if (next === undefined || !items[next]) return;
    event.preventDefault();
    items[current].setAttribute("tabindex", "-1");
    current = next;
    items[current].setAttribute("tabindex", "0");
    items[current].focus();
  });
}

const alongRow = (count) => ({
  ArrowLeft: (i) => i - 1,
  ArrowUp: (i) => i - 1,
  ArrowRight: (i) => i + 1,
  ArrowDown: (i) => i + 1,
  [FIRST_KEY]: () => 0,
  [LAST_KEY]: () => count - 1,
});
