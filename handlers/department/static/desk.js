/* The desk's own conveniences. Everything works without them.
   data-save="…"    form: its unsent words are kept there while they are written; forms of moves have it anyway
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

  /* ---- keys of the case page: a does what stands first, e goes to the answer ---- */
  const give = (node, key, label) => {
    if (!node || node.dataset.key || document.querySelector(`[data-key="${key}"]`)) return;
    node.dataset.key = key;
    if (label) node.dataset.keyLabel = label;
  };
  const giveKeys = () => {
    const first = [...document.querySelectorAll(".moves .button-primary")].find((one) => !one.closest("details"));
    give(first, "a", first?.firstChild.textContent.trim());
    give(document.querySelector("a.work-letter, #move-answer > summary, #write-text"), "e", "写答复或者留言");
  };
  giveKeys();
  document.addEventListener("live:refreshed", giveKeys);

  /* ---- ready words: put in where the caret is; without script the button sends the form and the server does ---- */
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest('button[value^="insert:"]') : null;
    if (!button) return;
    const [, name, ...rest] = button.value.split(":");
    const field = button.form?.elements.namedItem(name);
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
    event.preventDefault();
    const words = rest.join(":");
    const at = field.dataset.touched ? field.selectionStart : field.value.length;
    const before = field.value.slice(0, at);
    const between = !before || before.endsWith("\n") ? "" : name === "legal_basis" ? "；" : field.dataset.touched ? "" : "\n";
    field.setRangeText(between + words, at, field.dataset.touched ? field.selectionEnd : at, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLTextAreaElement) event.target.dataset.touched = "yes";
  });

  /* ---- unsent words: the server keeps them while they are written, for this person only ---- */
  const PAUSE = 800;
  const placeOf = (form) => form instanceof HTMLFormElement && form.method === "post" &&
    (form.dataset.save || (form.action.includes("/moves/") && form.action.replace("/moves/", "/unsent/")));
  const waiting = new Map();
  const save = async (form, leaving = false) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    if (form.dataset.sent) return;
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    const answer = await fetch(placeOf(form), {
      method: "POST", body, credentials: "same-origin", keepalive: leaving, redirect: "error",
    });
    say(form, answer.ok ? "没有提交的内容已自动保存，只有您能看到" : "自动保存没有成功");
  };
  const say = (form, text) => {
    let sign = form.querySelector(".autosaved");
    if (!sign) {
      sign = document.createElement("p");
      sign.className = "help autosaved";
      sign.setAttribute("role", "status");
      form.append(sign);
    }
    sign.textContent = text;
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!placeOf(form)) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form).catch(() => say(form, "自动保存没有成功")), PAUSE));
  });
  window.addEventListener("pagehide", () => {
    for (const form of [...waiting.keys()]) save(form, true).catch(() => {});
  });
  for (const sign of document.querySelectorAll("[data-unsent]")) {
    for (let fold = sign.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-forget]") : null;
    if (!button) return;
    const form = button.form;
    await fetch(placeOf(form), {
      method: "POST", body: new URLSearchParams({ csrf: form.elements.csrf.value }), credentials: "same-origin",
    });
    location.reload();
  });
})();
