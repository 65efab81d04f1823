/* The web chat, live: posts without reloading and shows new lines as they come. Without it the page still works. */
(() => {
  "use strict";
  const chat = document.getElementById("chat");
  const log = document.getElementById("log");
  const state = document.getElementById("state");
  if (!chat || !log || !window.fetch) return;

  let version = Number(chat.dataset.version) || 0;
  let polling = 0;
  let waiting = false;

  const most = Number(chat.dataset.most);
  const bar = document.getElementById("progress");
  let following = false;

  const tell = (text) => { if (state.textContent !== (text || "")) state.textContent = text || ""; };
  const toEnd = () => {
    const last = log.lastElementChild;
    const room = window.innerHeight - document.getElementById("end").offsetHeight - 80;
    if (last && last.offsetHeight > room) last.scrollIntoView({ block: "start" });
    else window.scrollTo(0, document.documentElement.scrollHeight);
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
      toEnd();
      if (following && !waiting && log.lastElementChild.dataset.mine === "no") followUp();
    }
  };

  /* Who pressed a button by keyboard goes on from the answer, not from the top of the page. */
  const followUp = () => {
    following = false;
    const next = log.lastElementChild?.querySelector("button:not(:disabled)") || document.getElementById("words");
    next.focus({ preventScroll: true });
  };

  const take = (payload) => {
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

  const listen = () => {
    if (!window.EventSource) { poll(); return; }
    const source = new EventSource("/chat/live?after=" + version);
    source.onmessage = (event) => take(JSON.parse(event.data));
    source.onopen = () => {
      window.clearInterval(polling);
      polling = 0;
      if (navigator.onLine) back(); /* an answer asked for before the line dropped is no proof of a line */
    };
    source.onerror = () => {
      poll();
      if (source.readyState === EventSource.CLOSED) window.setTimeout(listen, 10000);
    };
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };

  const HEADERS = { Accept: "application/json", "X-CSRF-Token": chat.dataset.csrf };

  const post = async (address, body) => {
    const answer = await fetch(address, { method: "POST", body, headers: HEADERS });
    return { status: answer.status, text: await answer.text() };
  };

  /* fetch does not tell how much has gone out, so files go the older way. */
  const upload = (address, body) => new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(HEADERS)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      bar.hidden = false;
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => done({ status: request.status, text: request.responseText }));
    request.addEventListener("error", () => failed(new Error("network")));
    request.addEventListener("loadend", () => { bar.hidden = true; bar.removeAttribute("value"); });
    tell(chat.dataset.uploading);
    request.send(body);
  });

  const isTooLarge = (body) => [...body.values()].some((value) => value instanceof File && value.size > most);

  const send = async (form, submitter) => {
    const body = new FormData(form);
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    const files = form.enctype === "multipart/form-data";
    if (files && isTooLarge(body)) {
      waiting = false;
      tell(chat.dataset.large);
      return false;
    }
    const answer = await (files ? upload : post)(form.action, body);
    if (answer.status === 413) { waiting = false; tell(chat.dataset.large); return false; }
    if (answer.status >= 500) throw new Error(String(answer.status));
    const result = JSON.parse(answer.text);
    if (!result.ok) { waiting = false; tell(result.text || chat.dataset.failed); return false; }
    return true;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-chat]")) return;
    event.preventDefault();
    const submitter = event.submitter;
    following = log.contains(form);
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    waiting = true;
    tell(chat.dataset.waiting);
    try {
      if (await send(form, submitter) && form.hasAttribute("data-clears")) {
        form.reset();
        document.getElementById("words").focus();
      }
      if (polling) await look();
    } catch {
      waiting = false;
      following = false;
      tell(navigator.onLine ? chat.dataset.failed : chat.dataset.offline);
    } finally {
      if (form.enctype === "multipart/form-data") form.reset();
      buttons.forEach((button) => { button.disabled = false; });
    }
  });

  const words = document.getElementById("words");
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && words.value.trim()) {
      event.preventDefault();
      words.form.requestSubmit();
    }
  });
  document.getElementById("file").addEventListener("change", (event) => {
    if (event.target.files.length) event.target.form.requestSubmit();
  });

  window.addEventListener("offline", () => tell(chat.dataset.offline));
  window.addEventListener("online", () => { look().then(back).catch(() => {}); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look().then(back).catch(() => {}); });

  listen();
  toEnd();
})();
