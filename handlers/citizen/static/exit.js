/* 快速离开: the page goes blank at once and another site takes its place, by button, or Esc or Shift thrice.
   Going back to a page of ours afterwards leads out again. Nothing is sent. */
(() => {
  "use strict";
  const exit = document.getElementById("exit");
  if (!exit) return;
  const LEFT = "left";
  const TIMES = 3;
  const WITHIN = 5000;

  const keep = (does) => { try { return does(window.sessionStorage); } catch { return null; } };

  const leave = () => {
    document.documentElement.hidden = true;
    document.title = " ";
    document.body.replaceChildren();
    keep((store) => { store.clear(); store.setItem(LEFT, "1"); });
    window.dispatchEvent(new Event("leaving"));
    window.location.replace(exit.href);
  };

  /* Whoever comes here again by an address of ours means it; whoever is led here by the back button does not. */
  const cameBack = (persisted) =>
    persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const look = (persisted) => {
    if (keep((store) => store.getItem(LEFT)) !== "1") return;
    if (cameBack(persisted)) leave();
    else keep((store) => store.removeItem(LEFT));
  };

  let key = "";
  let pressed = [];
  document.addEventListener("keyup", (event) => {
    if (event.isComposing || (event.key !== "Escape" && event.key !== "Shift")) { pressed = []; return; }
    if (event.key !== key) pressed = [];
    key = event.key;
    pressed = [...pressed.filter((at) => Date.now() - at < WITHIN), Date.now()];
    if (pressed.length >= TIMES) leave();
  });
  exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(true); });
  look(false);
  document.getElementById("forget")?.addEventListener("submit", () => keep((store) => store.clear()));
})();
