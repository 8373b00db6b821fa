// Says that a check is too old by the reader's own clock. The page itself says the day in any case.
(function () {
  "use strict";
  var today = new Date();
  var day = today.getFullYear() + "-" + String(today.getMonth() + 1).padStart(2, "0") +
    "-" + String(today.getDate()).padStart(2, "0");
  document.querySelectorAll("[data-stale-on]").forEach(function (each) {
    if (each.dataset.staleOn <= day) each.hidden = false;
  });
})();
