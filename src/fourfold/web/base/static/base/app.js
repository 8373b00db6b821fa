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

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startGovuk();
startMoj();
document.querySelectorAll("[data-fold-on-narrow]").forEach(foldOnNarrow);
document.querySelectorAll(".ff-table").forEach(scrollStop);
