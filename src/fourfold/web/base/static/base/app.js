// Starts the borrowed components and adds a few comforts. Every page works without it.
import { initAll as startGovuk } from "../vendor/govuk-frontend/govuk-frontend.min.js";
import { initAll as startMoj } from "../vendor/ministryofjustice-frontend/moj-frontend.min.js";

const NARROW = window.matchMedia("(max-width: 48rem)");

/** Folds a filter on narrow screens, where it stands above its list. */
function foldOnNarrow(details) {
  details.open = !NARROW.matches;
  NARROW.addEventListener("change", () => {
    details.open = !NARROW.matches;
  });
}

/** Takes the tab stop from tables that need no sideways scrolling. */
function scrollStop(region) {
  const fit = () => {
    if (region.scrollWidth > region.clientWidth) region.setAttribute("tabindex", "0");
    else region.removeAttribute("tabindex");
  };
  new ResizeObserver(fit).observe(region);
}

/**
 * Opens the question below a chosen radio or checkbox. GOV.UK's own reveal sets aria-expanded, which
 * radios and checkboxes may not carry; the question follows its choice in reading order anyway.
 */
function reveal(input) {
  const show = () => {
    const question = document.getElementById(input.dataset.reveals);
    const block = input.type === "radio" ? "govuk-radios" : "govuk-checkboxes";
    question.classList.toggle(`${block}__conditional--hidden`, !input.checked);
  };
  const group = `input[type="${input.type}"][name="${CSS.escape(input.name)}"]`;
  (input.form ?? document).querySelectorAll(group).forEach((each) => {
    each.addEventListener("change", show);
  });
  show();
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startGovuk();
startMoj();
document.querySelectorAll("[data-reveals]").forEach(reveal);
document.querySelectorAll("[data-fold-on-narrow]").forEach(foldOnNarrow);
document.querySelectorAll(".ff-table").forEach(scrollStop);
