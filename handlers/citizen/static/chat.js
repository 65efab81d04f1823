/* The web chat, live: posts without reloading and shows new lines as they come. Without it the page still works.
   Offers `window.chat` to uploads.js and receipt.js. */
(() => {
  "use strict";
  const chat = document.getElementById("chat");
  const log = document.getElementById("log");
  const state = document.getElementById("state");
  if (!chat || !log || !window.fetch) return;

  const words = document.getElementById("words");
  const dock = document.getElementById("end");
  const next = document.getElementById("next");
  const where = document.getElementById("where");
  const questions = JSON.parse(chat.dataset.questions);
  const HEADERS = { Accept: "application/json", "X-CSRF-Token": chat.dataset.csrf };
  let version = Number(chat.dataset.version) || 0;
  let polling = 0;
  let waiting = false;
  let following = false;

  const tell = (text) => { if (state.textContent !== (text || "")) state.textContent = text || ""; };

  /* ---- what was written and not sent survives a reload and a change of language, in this tab only ---- */
  const UNSENT = "unsent";
  const keep = (does) => { try { return does(window.sessionStorage); } catch { return null; } };
  const remember = () => keep((store) => words.value ? store.setItem(UNSENT, words.value) : store.removeItem(UNSENT));
  const fit = () => {
    words.style.height = "auto";
    if (words.value) words.style.height = words.scrollHeight + 2 + "px";
    chat.classList.toggle("has-words", Boolean(words.value.trim()));
  };
  const written = () => { remember(); fit(); };

  /* ---- one coloured action, always in view: a copy in the dock while its own place is not ---- */
  const newest = () => {
    const lines = [...log.querySelectorAll("article")];
    return lines.reverse().find((line) => line.dataset.mine !== "yes");
  };
  const onward = () => newest()?.querySelector(".chat-onward") || null;
  const screenHeight = () => window.visualViewport ? window.visualViewport.height : window.innerHeight;
  const isInView = (node) => {
    const box = node.getBoundingClientRect();
    const bar = document.querySelector(".topbar").getBoundingClientRect().bottom;
    return box.top >= bar && box.bottom <= dock.getBoundingClientRect().top;
  };
  const place = () => {
    const action = onward();
    const hidden = Boolean(action) && !isInView(action);
    const copied = next.firstElementChild;
    if (copied && (!hidden || copied.original !== action)) copied.remove();
    if (hidden && !next.firstElementChild) {
      const copy = document.createElement("button");
      copy.type = "button";
      copy.className = "button button-primary button-wide";
      copy.textContent = action.textContent;
      copy.original = action;
      copy.tabIndex = -1; // the keyboard goes to the button itself; a copy leaves once that is in view
      copy.addEventListener("click", () => action.form.requestSubmit(action));
      next.append(copy);
    }
    next.hidden = !next.firstElementChild;
    chat.classList.toggle("has-next", Boolean(action));
  };
  const orient = () => {
    const asked = newest()?.dataset.asks || "";
    const question = questions[asked] || questions[""];
    where.textContent = question.where;
    words.placeholder = question.hint;
    place();
  };

  /* ---- the dock stays above the keyboard, also where the keyboard only covers the page ---- */
  const rise = () => {
    const view = window.visualViewport;
    const covered = view ? Math.max(0, window.innerHeight - view.height - view.offsetTop) : 0;
    chat.style.setProperty("--covered", covered + "px");
    chat.classList.toggle("low", screenHeight() < 560 && document.activeElement === words);
    place();
  };

  const toEnd = () => {
    const last = log.lastElementChild;
    const room = screenHeight() - dock.offsetHeight - 80;
    if (last && last.offsetHeight > room) last.scrollIntoView({ block: "start" });
    else window.scrollTo(0, document.documentElement.scrollHeight);
    place();
  };

  const show = (lines) => {
    for (const line of lines) {
      const box = document.createElement("template");
      box.innerHTML = line.html;
      const fresh = box.content.firstElementChild;
      if (!fresh) continue;
      const old = document.getElementById("line-" + line.id);
      if (old) old.replaceWith(fresh);
      else log.append(fresh);
      if (fresh.dataset.mine === "no") waiting = false;
    }
    if (lines.length) {
      tell(waiting ? chat.dataset.waiting : "");
      orient();
      toEnd();
      if (following && !waiting && log.lastElementChild.dataset.mine === "no") followUp();
    }
  };

  /* Who pressed a button by keyboard goes on from the answer, not from the top of the page. */
  const followUp = () => {
    following = false;
    const target = log.lastElementChild?.querySelector(".chat-row:not(.chat-receipt) button:not(:disabled)") || words;
    target.focus({ preventScroll: true });
  };

  /* The cookie was lost, so this is another chat: what stands here stays readable, but its buttons are of the old one. */
  const renew = (token) => {
    HEADERS["X-CSRF-Token"] = token;
    document.querySelectorAll("input[name=csrf]").forEach((field) => { field.value = token; });
    log.querySelectorAll("form, .chat-receipt").forEach((form) => form.remove());
    log.querySelectorAll("article").forEach((line) => { line.removeAttribute("id"); line.removeAttribute("data-asks"); });
    version = 0;
    tell(chat.dataset.renewed);
    orient();
  };
  const take = (payload) => {
    if (payload.csrf !== HEADERS["X-CSRF-Token"]) renew(payload.csrf);
    if (payload.version <= version) return;
    version = payload.version;
    show(payload.lines);
  };

  const look = async () => {
    const answer = await fetch("/chat/lines?after=" + version, { headers: { Accept: "application/json" } });
    if (answer.ok) take(await answer.json());
  };

  const back = () => {
    if (state.textContent === chat.dataset.offline) tell(chat.dataset.online);
    else if (!waiting && state.textContent === chat.dataset.waiting) tell("");
  };

  const poll = () => {
    if (!polling) polling = window.setInterval(() => look().then(back).catch(() => tell(chat.dataset.offline)), 3000);
  };

  let source = null;
  const listen = () => {
    if (!window.EventSource) { poll(); return; }
    source = new EventSource("/chat/live?after=" + version);
    const mine = source;
    mine.onmessage = (event) => take(JSON.parse(event.data));
    mine.onopen = () => {
      window.clearInterval(polling);
      polling = 0;
      if (navigator.onLine) back(); /* an answer asked for before the line dropped is no proof of a line */
    };
    mine.onerror = () => {
      poll();
      if (mine.readyState === EventSource.CLOSED) window.setTimeout(listen, 10000);
    };
  };
  window.addEventListener("pagehide", () => source?.close());

  /* Names one thing sent, so that sending it again after a lost answer is not saying it twice. */
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const once = async (address, body) => {
    const answer = await fetch(address, { method: "POST", body, headers: HEADERS });
    return { status: answer.status, text: await answer.text() };
  };
  /* A chat that the server does not know any more is begun anew, and what was to be said is said there. */
  const post = async (address, body, go = once) => {
    const answer = await go(address, body);
    if (answer.status !== 403) return answer;
    const token = HEADERS["X-CSRF-Token"];
    await look();
    if (HEADERS["X-CSRF-Token"] === token) return answer;
    source?.close();
    listen();
    body.set("csrf", HEADERS["X-CSRF-Token"]);
    return go(address, body);
  };

  const judge = (answer) => {
    if (answer.status === 413) { waiting = false; tell(chat.dataset.large); return false; }
    if (answer.status >= 500) throw new Error(String(answer.status));
    const result = JSON.parse(answer.text);
    if (!result.ok) { waiting = false; tell(result.text || chat.dataset.failed); return false; }
    return true;
  };

  /* What was not answered keeps its key: pressed or sent again unchanged, it is the same thing again. */
  const unanswered = new Map();
  const nameOf = (form, submitter) => form.action + "|" + (submitter?.value || "") + "|" + (form.contains(words) ? words.value : "");
  const wait = (milliseconds) => new Promise((done) => { window.setTimeout(done, milliseconds); });

  const send = async (form, submitter) => {
    const name = nameOf(form, submitter);
    const key = unanswered.get(name) || newKey();
    unanswered.set(name, key);
    const body = new FormData(form);
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    body.set("key", key);
    const go = async () => judge(await post(form.action, body));
    const taken = await go().catch(async (error) => {
      if (!navigator.onLine) throw error;
      await wait(1500);
      return go();
    });
    unanswered.delete(name);
    return taken;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-chat]")) return;
    event.preventDefault();
    const submitter = event.submitter;
    following = log.contains(form);
    form.closest("details")?.removeAttribute("open");
    const buttons = [...form.querySelectorAll("button"), ...next.querySelectorAll("button")];
    buttons.forEach((button) => { button.disabled = true; });
    waiting = true;
    tell(navigator.onLine ? chat.dataset.waiting : chat.dataset.offline);
    try {
      const sent = words.value;
      if (await send(form, submitter) && form.hasAttribute("data-clears")) {
        if (words.value === sent) words.value = "";
        written();
        words.focus();
      }
      if (polling) await look();
    } catch {
      waiting = false;
      following = false;
      tell(navigator.onLine ? chat.dataset.failed : chat.dataset.offline);
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  });

  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && words.value.trim()) {
      event.preventDefault();
      words.form.requestSubmit();
    }
  });
  words.addEventListener("input", written);
  words.addEventListener("focus", rise);
  words.addEventListener("blur", rise);

  window.addEventListener("offline", () => tell(chat.dataset.offline));
  window.addEventListener("online", () => { look().then(back).catch(() => {}); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { listen(); look().then(back).catch(() => {}); } });
  window.addEventListener("scroll", place, { passive: true });
  window.addEventListener("resize", rise);
  if (window.ResizeObserver) new ResizeObserver(place).observe(dock);
  window.visualViewport?.addEventListener("resize", rise);
  window.visualViewport?.addEventListener("scroll", rise);

  window.chat = { post, judge, tell, newKey, look, headers: HEADERS };
  words.value = words.value || keep((store) => store.getItem(UNSENT)) || "";
  fit();
  listen();
  orient();
  rise();
  toEnd();
})();
