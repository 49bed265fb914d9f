// From the visitor's arrival until the page stands: the document's skeleton goes when Streamlit has
// drawn something, and an address that ends in #id leads to that part once it is there. Deferred:
// it runs when the document is read, before Streamlit does.
(() => {
  "use strict";

  const GIVE_UP = 20_000; // ms: then Streamlit's own messages matter more than our skeleton
  const CALM = 1_500; // ms without a move of the part that the address names

  const hasContent = () => document.querySelector(
    "[data-testid=stMain] :is(h1, [data-testid=stAlert], [data-testid=stException])");

  const watchContent = () => {
    const skeleton = document.querySelector(".mm-skeleton");
    if (!skeleton) return;
    const watch = new MutationObserver(() => { if (hasContent()) leave(); });
    const leave = () => { watch.disconnect(); skeleton.remove(); };
    watch.observe(document.getElementById("root"), { childList: true, subtree: true });
    setTimeout(leave, GIVE_UP);
  };

  // Charts above the part are still being drawn and push it down, until the visitor takes over.
  const followAnchor = () => {
    const id = location.hash.slice(1);
    if (!id) return;
    const started = performance.now();
    let calmSince = started;
    let top = null;
    const step = () => {
      const part = document.getElementById(id);
      const now = performance.now();
      const place = part?.getBoundingClientRect().top ?? null;
      if (place !== top) {
        part?.scrollIntoView();
        top = part?.getBoundingClientRect().top ?? null;
        calmSince = now;
      }
      const isThere = part && now - calmSince > CALM;
      if (isThere || now - started > GIVE_UP) stop();
    };
    const timer = setInterval(step, 100);
    const stop = () => clearInterval(timer);
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, stop, { once: true, passive: true });
    }
  };

  watchContent();
  followAnchor();
})();
