/* The case page's own conveniences. Everything works without them.
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
})();
