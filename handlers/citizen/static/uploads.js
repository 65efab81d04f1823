/* Files one after another, each kept until it has arrived: what fails is sent again by itself when the line is
   back, or by hand. Large ones go piece by piece and go on where they stopped, also after a reload, when the same
   file is chosen again. Also a photo from the camera and a voice message, where the browser can. */
(() => {
  "use strict";
  const chat = document.getElementById("chat");
  const input = document.getElementById("file");
  const list = document.getElementById("files");
  const bar = document.getElementById("progress");
  if (!chat || !window.chat || !input) return;
  const { post, judge, tell, newKey, look, headers } = window.chat;
  const most = Number(chat.dataset.most);
  const size = Number(chat.dataset.piece);
  const queue = [];
  let busy = false;

  /* fetch does not tell how much has gone out, so files go the older way. */
  const upload = (address, body) => new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      bar.hidden = false;
      if (event.lengthComputable) bar.value = body.before + (body.share * event.loaded) / event.total;
    });
    request.addEventListener("load", () => done({ status: request.status, text: request.responseText }));
    request.addEventListener("error", () => failed(new Error("network")));
    request.addEventListener("loadend", () => { bar.hidden = true; bar.removeAttribute("value"); });
    request.send(body);
  });

  const keep = (does) => { try { return does(window.sessionStorage); } catch { return null; } };

  const button = (label, act, look) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small " + (look || "");
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };
  const draw = () => {
    list.hidden = !queue.length;
    list.replaceChildren(...queue.map((item) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = item.failed ? item.file.name + " · " + chat.dataset.waitingFile : item.file.name;
      line.append(name);
      if (item.failed) line.append(button(chat.dataset.retry, () => { item.failed = false; go(); }));
      if (!item.going) line.append(button(chat.dataset.remove, () => { queue.splice(queue.indexOf(item), 1); draw(); }, "chat-away"));
      return line;
    }));
  };

  const bodyOf = (item, fields, before, share) => {
    const body = new FormData();
    for (const [name, value] of [["csrf", headers["X-CSRF-Token"]], ["key", item.key], ...fields]) body.append(name, value);
    return Object.assign(body, { before, share });
  };
  const heard = (answer) => {
    if (answer.status === 429 || answer.status === 409) throw new Error("later");
    return answer;
  };
  /* What had arrived before the line broke is not sent again. */
  const sendPieces = async (item, pieces) => {
    const asked = await fetch("/chat/file/pieces?key=" + item.key, { headers });
    if (!asked.ok) throw new Error("later");
    for (let place = (await asked.json()).next; place < pieces;) {
      const fields = [["place", place], ["piece", item.file.slice(place * size, (place + 1) * size)]];
      const answer = heard(await post("/chat/file/pieces", bodyOf(item, fields, place / pieces, 1 / pieces), upload));
      if (answer.status !== 200) throw new Error(String(answer.status));
      place = JSON.parse(answer.text).next;
    }
  };
  const send = async (item) => {
    const pieces = item.file.size > size ? Math.ceil(item.file.size / size) : 0;
    if (pieces) await sendPieces(item, pieces);
    const last = pieces ? [["pieces", pieces], ["name", item.file.name]] : [["file", item.file]];
    judge(heard(await post("/chat/file", bodyOf(item, last, pieces ? 1 : 0, pieces ? 0 : 1), upload))); /* taken or refused in words: either way it is done with */
    keep((store) => store.removeItem(item.mark));
  };

  const go = async () => {
    if (busy) return;
    busy = true;
    for (let item; (item = queue.find((one) => !one.failed));) {
      item.going = true;
      draw();
      tell(chat.dataset.uploading);
      try {
        await send(item);
        queue.splice(queue.indexOf(item), 1);
        await look().catch(() => {});
      } catch {
        item.failed = true;
        item.tries += 1;
        tell(navigator.onLine ? chat.dataset.failed : chat.dataset.offline);
        if (navigator.onLine) window.setTimeout(again, Math.min(60000, 3000 * 2 ** item.tries));
      }
      item.going = false;
      draw();
    }
    busy = false;
  };
  const again = () => {
    queue.forEach((item) => { item.failed = false; });
    go();
  };

  /* The same file chosen again in this tab has the same key; its name is written nowhere. */
  const marked = (file) => {
    const mark = "file " + file.size + " " + file.lastModified;
    const key = (!queue.some((item) => item.mark === mark) && keep((store) => store.getItem(mark))) || newKey();
    keep((store) => store.setItem(mark, key));
    return { mark, key };
  };

  const add = (files) => {
    let large = false;
    for (const file of files) {
      if (file.size > most) large = true;
      else queue.push({ file, ...marked(file), tries: 0, failed: false, going: false });
    }
    draw();
    go().then(() => { if (large) tell(chat.dataset.large); });
  };

  input.multiple = true;
  input.required = false;
  const camera = document.getElementById("camera");
  if (window.matchMedia("(pointer: coarse)").matches) camera.parentElement.hidden = false;
  for (const field of [input, camera]) {
    field.addEventListener("change", () => { const files = [...field.files]; field.value = ""; if (files.length) add(files); });
  }
  document.querySelector("form[data-files]").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });

  /* ---- a voice message ---- */
  const record = document.getElementById("record");
  const panel = document.getElementById("recording");
  const shown = document.getElementById("recorded-time");
  const KINDS = [["audio/ogg;codecs=opus", "ogg"], ["audio/mp4", "m4a"], ["audio/webm;codecs=opus", "webm"]];
  const kind = window.MediaRecorder && navigator.mediaDevices?.getUserMedia && KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  if (!kind) return;
  record.hidden = false;
  const MOST_SECONDS = 600;
  let recorder = null;

  const stop = (sends) => { if (recorder) { recorder.sends = sends; recorder.stop(); } };
  const begin = async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      tell(chat.dataset.noMicrophone);
      return;
    }
    const pieces = [];
    const began = Date.now();
    recorder = new MediaRecorder(sound, { mimeType: kind[0], audioBitsPerSecond: 32000 });
    recorder.ondataavailable = (event) => { if (event.data.size) pieces.push(event.data); };
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      shown.textContent = chat.dataset.recording + " " + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
      if (seconds >= MOST_SECONDS) stop(true);
    };
    const clock = window.setInterval(tick, 500);
    recorder.onstop = () => {
      window.clearInterval(clock);
      sound.getTracks().forEach((track) => track.stop());
      panel.hidden = true;
      record.hidden = false;
      const name = chat.dataset.recorded + "." + kind[1];
      if (recorder.sends && pieces.length) add([new File(pieces, name, { type: kind[0] })]);
      recorder = null;
      record.focus();
    };
    recorder.start(1000);
    tick();
    panel.hidden = false;
    record.hidden = true;
    document.getElementById("record-send").focus();
  };
  record.addEventListener("click", begin);
  document.getElementById("record-send").addEventListener("click", () => stop(true));
  document.getElementById("record-drop").addEventListener("click", () => stop(false));
})();
