/* Progressive enhancement shared by all pages. Everything works without it.

   data-confirm="question"      form: ask before posting
   data-key="n"                 link or button: pressed by that key; "/" focuses a field
   data-row                     row of a list: j and k go down and up, o opens its first link
   data-live="/desk/events"     anywhere: on each server event, refresh the elements with data-live-region
   data-live-region id="…"      what a refresh replaces
   data-autosubmit              field: submits its form when changed
   data-back                    link: goes back if there is somewhere to go back to
   data-print                   button: prints the page
   data-search                  select: words typed above it narrow what it offers
   data-check-all="name"        checkbox: ticks all checkboxes of that name                              */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  const typing = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };

  /* ---- dialogs ---- */
  const ask = (question) =>
    new Promise((resolve) => {
      const dialog = make("dialog");
      const text = make("p", "", question);
      text.id = "dialog-question";
      dialog.setAttribute("aria-labelledby", text.id);
      const row = make("div", "button-row");
      const no = make("button", "button", "取消");
      const yes = make("button", "button button-primary", "确定");
      no.type = yes.type = "button";
      row.append(no, yes);
      dialog.append(text, row);
      document.body.append(dialog);
      const end = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
      yes.addEventListener("click", () => end(true));
      no.addEventListener("click", () => end(false));
      dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(false); });
      dialog.showModal();
      no.focus();
    });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const submitter = event.submitter;
    const question = submitter?.dataset.confirm || form.dataset.confirm;
    if (question && !form.dataset.confirmed) {
      event.preventDefault();
      if (await ask(question)) {
        form.dataset.confirmed = "yes";
        form.requestSubmit(submitter);
      }
      return;
    }
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes"; /* a double click posts once */
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent], form[data-confirmed]")) {
      delete form.dataset.sent;
      delete form.dataset.confirmed;
      form.removeAttribute("aria-busy");
    }
  });

  /* ---- small conveniences ---- */
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-autosubmit]")) target.form?.requestSubmit();
    if (target.matches("[data-check-all]")) {
      for (const box of document.getElementsByName(target.dataset.checkAll)) box.checked = target.checked;
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-print]")) window.print();
    if (target?.closest("[data-back]") && history.length > 1) {
      event.preventDefault();
      history.back();
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });

  /* ---- rows of tabs that are wider than the screen: the present one is seen ---- */
  const showPresent = () => {
    for (const here of document.querySelectorAll(".tabs [aria-current], .nav [aria-current]")) {
      const row = here.parentElement;
      if (row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.offsetLeft - row.clientWidth / 3;
    }
  };
  showPresent();
  document.addEventListener("live:refreshed", showPresent);

  /* ---- long lists: words above them narrow what they offer ---- */
  const searchable = (select) => {
    if (select.previousElementSibling?.matches(".choice-search")) return;
    const box = make("input", "choice-search");
    box.type = "search";
    box.placeholder = "输入名称中的字查找";
    box.setAttribute("aria-label", `查找：${select.labels?.[0]?.firstChild.textContent.trim() || ""}`);
    const all = [...select.querySelectorAll("option")].map((option) => [option, option.parentElement]);
    const warning = make("p", "help choice-warning");
    warning.setAttribute("role", "status");
    const warn = () => {
      warning.textContent = select.selectedOptions[0]?.closest("optgroup")?.dataset.warning || "";
    };
    box.addEventListener("input", () => {
      const words = box.value.trim();
      const chosen = select.value;
      const fits = all.filter(([option]) => !option.value || option.textContent.includes(words));
      for (const [option] of all) option.remove();
      for (const [option, parent] of fits) parent.append(option);
      select.value = fits.some(([option]) => option.value === chosen) ? chosen : "";
      const found = fits.filter(([option]) => option.value);
      if (words && found.length === 1) select.value = found[0][0].value;
      warn();
    });
    select.addEventListener("change", warn);
    select.before(box);
    select.after(warning);
    warn();
  };
  const makeSearchable = () => document.querySelectorAll("select[data-search]").forEach(searchable);
  makeSearchable();
  document.addEventListener("live:refreshed", makeSearchable);

  /* ---- keyboard ---- */
  const labelOf = (node) =>
    node.dataset.keyLabel || node.getAttribute("aria-label") || node.labels?.[0]?.textContent.trim() ||
    node.firstChild?.textContent.trim() || node.textContent.trim();

  const rows = () => [...document.querySelectorAll("[data-row]")].map((row) => row.querySelector("a")).filter(Boolean);
  const walk = (step) => {
    const links = rows();
    const here = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    links[Math.min(Math.max(here + step, 0), links.length - 1)]?.focus();
  };
  const ROW_KEYS = { j: "下一行", k: "上一行", o: "打开这一行" };

  const showKeys = () => {
    const dialog = make("dialog");
    const title = make("h2", "", "键盘快捷键");
    title.id = "keys-title";
    dialog.setAttribute("aria-labelledby", title.id);
    const list = make("dl", "facts");
    const tell = (key, label) => {
      const row = make("div");
      const term = make("dt");
      term.append(make("kbd", "", key));
      row.append(term, make("dd", "", label));
      list.append(row);
    };
    if (rows().length) for (const [key, label] of Object.entries(ROW_KEYS)) tell(key, label);
    for (const node of document.querySelectorAll("[data-key]")) tell(node.dataset.key, labelOf(node));
    tell("?", "这张表");
    const row = make("div", "button-row");
    const close = make("button", "button", "关闭");
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    row.append(close);
    dialog.append(title, list, row);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?" && document.querySelector("[data-key], [data-row]")) { event.preventDefault(); showKeys(); return; }
    if (event.key in ROW_KEYS && rows().length) {
      event.preventDefault();
      if (event.key === "o") document.activeElement.closest("[data-row]")?.querySelector("a")?.click();
      else walk(event.key === "j" ? 1 : -1);
      return;
    }
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (typing(target)) target.focus(); else target.click();
  });

  /* ---- live refresh ---- */
  const source = document.querySelector("[data-live]");
  if (source && "EventSource" in window) {
    let waiting = null;
    const busy = () => {
      const active = document.activeElement;
      return document.querySelector("dialog[open]") ||
        (typing(active) && active.closest("[data-live-region]"));
    };
    /* What changed is on the screen now: forms that are being filled in go by it, their words stay. */
    const follow = (version) => {
      if (!version) return;
      for (const field of document.querySelectorAll('input[name="version"]')) field.value = version;
    };
    const refresh = async () => {
      waiting = null;
      if (busy()) { later(); return; }
      const answer = await fetch(location.href, { headers: { "X-Live-Refresh": "1" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const region of document.querySelectorAll("[data-live-region]")) {
        const next = fresh.getElementById(region.id);
        if (!next || next.innerHTML === region.innerHTML) continue;
        region.replaceWith(document.adoptNode(next));
        next.classList.add("just-changed");
        follow(next.dataset.version);
      }
      document.dispatchEvent(new CustomEvent("live:refreshed"));
    };
    const later = () => { waiting ??= setTimeout(() => refresh().catch(() => {}), 800); };
    const say = (on) => {
      for (const sign of document.querySelectorAll(".live")) {
        sign.classList.toggle("is-on", on);
        sign.textContent = on ? "实时更新" : "未连接，请手动刷新";
      }
    };
    const stream = new EventSource(source.dataset.live);
    stream.addEventListener("open", () => say(true));
    stream.addEventListener("error", () => say(false));
    stream.addEventListener("message", later);
    stream.addEventListener("changed", later);
  }
})();
