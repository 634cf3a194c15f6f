// Stands in the page before Streamlit's own program.
(() => {
  "use strict";
  const app = () => document.querySelector("[data-testid=stApp]");

  // The first screen goes when Streamlit shows the same numbers, or why it cannot.
  const first = document.getElementById("pt-first");
  if (first) {
    const shown = "#root .pt-figures, #root [data-testid=stException], [role=dialog]";
    const watcher = new MutationObserver(() => document.querySelector(shown) && gone());
    const gone = () => { watcher.disconnect(); first.remove(); };
    watcher.observe(document.documentElement, { childList: true, subtree: true });
    setTimeout(gone, 30000);
  }

  // What charts need is fetched when nothing else is to do.
  const later = () => {
    const isDone = document.querySelector("[data-testid=stMain] h1");
    if (!isDone || app().dataset.testScriptState !== "notRunning") return void setTimeout(later, 500);
    for (const file of PT_LATER) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = file;
      document.head.append(link);
    }
  };
  setTimeout(later, 1500);

  // A slash leads to the search box, as on many sites.
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, [contenteditable=true]")) return;
    const box = document.querySelector(".st-key-pt-tools input");
    if (box) { event.preventDefault(); box.focus(); }
  });

  // Links to other pages do what the browser's Back does: Streamlit stays and shows the address.
  addEventListener("click", (event) => {
    const link = event.target.closest?.(".stHtml a[href]");
    if (!link || event.defaultPrevented || event.button || link.target) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin) return;
    const from = new URL(location), to = new URL(link.href);
    if (to.pathname === from.pathname && to.search === from.search) return;
    if (app()?.dataset.testConnectionState !== "CONNECTED") return;
    event.preventDefault();
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    show(from, to);
  });

  function show(from, to) {
    const changed = (name) => to.searchParams.get(name) !== from.searchParams.get(name);
    const isNew = to.pathname !== from.pathname || changed("name") || changed("paper");
    const picked = to.searchParams.has("at") && (changed("at") || changed("of"));
    if (isNew) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    const place = to.hash ? to.hash : picked ? ".st-key-pt-picked" : null;
    if (!place) return;
    // The place is there when the script has begun and ended.
    let hasBegun = false, left = 100;
    const look = () => {
      const isRunning = app()?.dataset.testScriptState === "running";
      hasBegun ||= isRunning;
      const target = hasBegun && !isRunning && document.querySelector(place);
      if (target) target.scrollIntoView({ block: "start" });
      else if (left--) setTimeout(look, 50);
    };
    look();
  }
})();
