/* The case page's own conveniences. Everything works without them.
   Unsent words of a case's forms stay in this tab until they are sent, the person leaves, or the tab is closed.
   data-fill="id"   select: puts its value into that field, after what is already there */
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || !select.dataset.fill || !select.value) return;
    const field = document.getElementById(select.dataset.fill);
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n${select.value}` : select.value;
    select.selectedIndex = 0;
    field.focus();
  });

  /* ---- unsent words: in this tab only, of this person only ---- */
  const who = document.querySelector("[data-person]")?.dataset.person;
  const keyOf = (field) => `words:${who}:${new URL(field.form.action).pathname}:${field.name}`;
  const words = (form) => [...form.elements].filter((field) => field.matches("textarea, input[type=text]"));
  for (const form of who ? document.querySelectorAll('form[action*="/moves/"]') : []) {
    for (const field of words(form)) {
      const kept = sessionStorage.getItem(keyOf(field));
      if (kept && !field.defaultValue) {
        field.value = kept;
        field.closest("details")?.setAttribute("open", "");
      }
      field.addEventListener("input", () => sessionStorage.setItem(keyOf(field), field.value));
    }
    form.addEventListener("submit", () => words(form).forEach((field) => sessionStorage.removeItem(keyOf(field))));
  }
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action).pathname === "/logout") sessionStorage.clear();
  });
})();
