// Leaves the site at once, with no way back in this tab. A plain script, not a module: browsers
// load no modules from a disk, and it must run before anything is drawn.
//
// What it does: Escape or Shift three times, or the button, hides the page and goes to a neutral
// one that takes this page's place in the history. On the help pages, and on the way to them,
// each page takes the place of the one before. If pages of this site came earlier in this tab, it
// first goes back to the earliest and leaves from there; whichever is opened again leaves at once.
// What it cannot do stands on leave-safely.html.
(function () {
  "use strict";
  var SAFE = document.documentElement.dataset.safe;
  var LEFT = "left";
  var NEXT = "next-depth";
  var TIMES = 3;
  var WITHIN_MS = 3000;

  document.documentElement.classList.add("ps-can-leave");

  function kept(name) {
    try { return sessionStorage.getItem(name); } catch (_refused) { return null; }
  }
  function keep(name, value) {
    try { sessionStorage.setItem(name, value); } catch (_refused) { /* the plain way remains */ }
  }
  function forget(name) {
    try { sessionStorage.removeItem(name); } catch (_refused) { /* nothing was kept */ }
  }
  function hide() {
    document.documentElement.hidden = true;
    document.title = "Weather";
  }
  function away() {
    hide();
    location.replace(SAFE);
  }

  if (kept(LEFT)) {
    // Somebody came here by typing, a link from elsewhere or a new start: then it is meant.
    var how = performance.getEntriesByType("navigation")[0];
    if (how && how.type === "back_forward") { away(); return; }
    forget(LEFT);
  }

  var depth = history.state && typeof history.state.depth === "number"
    ? history.state.depth : Number(kept(NEXT)) || 0;
  forget(NEXT);
  history.replaceState({ depth: depth }, "");

  function leave() {
    hide();
    keep(LEFT, "1");
    if (depth > 0 && kept(LEFT)) {
      history.go(-depth);
      setTimeout(away, 400);  // if there was nowhere to go back to
    } else {
      away();
    }
  }

  window.addEventListener("pageshow", function (event) {
    if (event.persisted && kept(LEFT)) away();
  });

  var pressed = [];
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" && event.key !== "Shift") { pressed = []; return; }
    if (event.repeat || !document.querySelector("[data-leave]")) return;  // only where it is said
    pressed = pressed.filter(function (each) {
      return each.key === event.key && event.timeStamp - each.at < WITHIN_MS;
    });
    pressed.push({ key: event.key, at: event.timeStamp });
    if (pressed.length >= TIMES) leave();
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.hasAttribute("data-leave")) { event.preventDefault(); leave(); return; }
    if (link.hasAttribute("download") || link.target) return;
    var to = new URL(link.href, location.href);
    var isOurs = to.protocol === location.protocol && to.host === location.host;
    if (!isOurs) return;
    var isHelp = document.documentElement.hasAttribute("data-help") || link.hasAttribute("data-to-help");
    var isHere = to.pathname === location.pathname && to.search === location.search;
    if (isHelp) {
      event.preventDefault();
      keep(NEXT, String(depth));
      location.replace(to.href);
    } else if (!isHere) {
      keep(NEXT, String(depth + 1));
    }
  });

  // A place on the same page is a step of the history, too.
  window.addEventListener("hashchange", function () {
    forget(NEXT);
    if (history.state && typeof history.state.depth === "number") {
      depth = history.state.depth;
    } else {
      depth += document.documentElement.hasAttribute("data-help") ? 0 : 1;
      history.replaceState({ depth: depth }, "");
    }
  });
})();
