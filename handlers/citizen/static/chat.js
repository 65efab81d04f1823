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

  const tell = (text) => { state.textContent = text || ""; };
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
    }
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

  const poll = () => {
    if (!polling) polling = window.setInterval(() => look().catch(() => tell(chat.dataset.offline)), 3000);
  };

  const listen = () => {
    if (!window.EventSource) { poll(); return; }
    const source = new EventSource("/chat/live?after=" + version);
    source.onmessage = (event) => take(JSON.parse(event.data));
    source.onopen = () => { window.clearInterval(polling); polling = 0; if (!waiting) tell(""); };
    source.onerror = () => {
      poll();
      if (source.readyState === EventSource.CLOSED) window.setTimeout(listen, 10000);
    };
    window.addEventListener("pagehide", () => source.close(), { once: true });
  };

  const send = async (form, submitter) => {
    const body = new FormData(form);
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRF-Token": chat.dataset.csrf },
    });
    if (answer.status === 413 || answer.status >= 500) throw new Error(String(answer.status));
    const result = await answer.json();
    if (!result.ok) { waiting = false; tell(result.text || chat.dataset.failed); return false; }
    return true;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-chat]")) return;
    event.preventDefault();
    const submitter = event.submitter;
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
      tell(chat.dataset.failed);
    } finally {
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

  listen();
  toEnd();
})();
