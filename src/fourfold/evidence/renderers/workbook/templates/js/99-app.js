// Start: read the facts, draw the contents list, show the page that the address names.

const EXHIBITS = new Map();
const BUILT = new Map();
const PRINTED_RECORDS = 40;

async function start() {
  META = await unpack("meta");
  useZone(META.case.display_zone);
  for (const exhibit of hasTable("exhibits") ? await records("exhibits") : [])
    EXHIBITS.set(exhibit.exhibit_id, exhibit);
  drawContents();
  connectTheme();
  connectDrawer();
  connectPrint();
  connectTrace();
  addEventListener("hashchange", () => show(true));
  await show(false);
  document.documentElement.dataset.ready = "true";
  await buildRest();
}

function drawContents() {
  byId("contents").replaceChildren(
    ...SECTIONS.map((page) => {
      const count = page.count?.();
      return h(
        "li",
        {},
        h(
          "a",
          { href: `#${page.id}`, id: `to-${page.id}` },
          h("span", {}, page.title),
          count === undefined ? "" : h("span", { class: "count" }, number(count)),
        ),
      );
    }),
  );
  byId("main").replaceChildren(
    ...SECTIONS.map((page) =>
      h(
        "section",
        {
          id: `page-${page.id}`,
          class: "page",
          "aria-labelledby": `title-${page.id}`,
          hidden: true,
        },
        h("h1", { id: `title-${page.id}`, tabindex: "-1" }, page.title),
      ),
    ),
  );
  const places = META.case.places.filter((place) => place.is_sensitive);
  if (places.length)
    byId("working-copy").append(
      warning(
        h("strong", {}, "Working copy for investigators. "),
        `It shows ${plural(places.length, "place")} marked sensitive: never in a served copy. Do not serve or disclose this file.`,
      ),
    );
}

const wanted = () => SECTIONS.find((page) => page.id === location.hash.slice(1)) ?? SECTIONS[0];

async function show(isMoved) {
  const page = wanted();
  for (const other of SECTIONS) {
    const isShown = other === page;
    byId(`page-${other.id}`).hidden = !isShown;
    if (isShown) byId(`to-${other.id}`).setAttribute("aria-current", "page");
    else byId(`to-${other.id}`).removeAttribute("aria-current");
  }
  byId("menu").open = false;
  document.title = `${page.title}: ${META.case.reference}, workbook`;
  if (isMoved) {
    scrollTo(0, 0);
    byId(`title-${page.id}`).focus({ preventScroll: true });
  }
  await built(page);
}

function built(page) {
  if (!BUILT.has(page.id)) BUILT.set(page.id, fillPage(page));
  return BUILT.get(page.id);
}

async function fillPage(page) {
  const element = byId(`page-${page.id}`);
  const content = h("div", { class: "page-body" });
  element.append(content);
  try {
    await page.build(content);
  } catch (error) {
    content.append(
      warning(
        h("strong", {}, "This page could not be drawn in full. "),
        "The tables of the package, beside this file, hold everything. ",
        String(error),
      ),
    );
    console.error(error);
  }
  element.dataset.built = "true";
}

// The other pages are built while nobody waits, so that printing finds them ready.
async function buildRest() {
  for (const page of SECTIONS) {
    await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
    await built(page);
  }
  document.documentElement.dataset.complete = "true";
}

// On paper a chart stands with its table; long tables stay in the data folder.
function connectPrint() {
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const element of document.querySelectorAll(".chart details:not([open])")) {
      if (Number(element.dataset.records) > PRINTED_RECORDS) continue;
      element.open = true;
      element.dispatchEvent(new Event("toggle"));
      opened.push(element);
    }
  });
  addEventListener("afterprint", () => {
    for (const element of opened.splice(0)) element.open = false;
  });
}

function connectDrawer() {
  const dialog = byId("drawer");
  byId("drawer-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => (drawerTurn += 1));
}

function connectTheme() {
  const button = byId("theme");
  const root = document.documentElement;
  const isDark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const label = () => (button.textContent = isDark() ? "Light colours" : "Dark colours");
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    label();
    dispatchEvent(new Event("themechange"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    label();
    dispatchEvent(new Event("themechange"));
  });
  label();
}

start().catch((error) => {
  byId("main").replaceChildren(
    warning(
      h("strong", {}, "This workbook could not be opened in this browser. "),
      "It needs a browser of 2023 or later. ",
      String(error),
    ),
  );
  throw error;
});
