/* A receipt code on the page: copied, saved as a picture, put away. What was shown is forgotten by the server
   at once and by the page when it is left. Without this file the button 我已记下 still works. */
(() => {
  "use strict";
  const chat = document.getElementById("chat");
  const log = document.getElementById("log");
  if (!chat || !log || !window.chat) return;
  const CODE = /^\d{4}( \d{4}){3}$/;

  const codeIn = (line) => [...line.querySelectorAll("code")].find((code) => CODE.test(code.textContent));
  const open = () => [...log.querySelectorAll("article[data-once]")];

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    return made;
  };

  const copy = async (code, made) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      made.textContent = chat.dataset.copied;
    } catch {
      window.getSelection().selectAllChildren(code);
      if (document.execCommand("copy")) made.textContent = chat.dataset.copied;
    }
  };

  /* The lines as they stand, black on white, so that the picture can be read and printed anywhere. */
  const draw = (line) => {
    const words = line.querySelector(".bubble-text").innerText.split("\n").filter((part) => part.trim()).slice(0, 4);
    const sheet = document.createElement("canvas");
    sheet.width = 900;
    sheet.height = 110 + 64 * words.length;
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.fillStyle = "#000";
    pen.font = "34px " + getComputedStyle(document.body).fontFamily;
    words.forEach((part, place) => pen.fillText(part, 40, 90 + 64 * place, 820));
    return sheet;
  };
  const save = (line) => draw(line).toBlob((picture) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = "receipt.png";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  const meet = (line) => {
    const code = codeIn(line);
    if (!code || line.dataset.met) return;
    line.dataset.met = "yes";
    const row = document.createElement("div");
    row.className = "chat-row chat-receipt";
    row.append(button(chat.dataset.copy, (made) => copy(code, made)), button(chat.dataset.saveImage, () => save(line)));
    line.querySelector(".bubble-text").after(row);
    const body = new FormData();
    body.append("line", line.id.replace("line-", ""));
    window.chat.post("/chat/shown", body).catch(() => window.setTimeout(() => { delete line.dataset.met; row.remove(); meet(line); }, 3000));
  };

  const look = () => open().forEach(meet);
  new MutationObserver(look).observe(log, { childList: true });
  look();

  let leaving = false;
  window.addEventListener("leaving", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && open().length) event.preventDefault(); });
  window.addEventListener("pagehide", () => open().forEach((line) => { codeIn(line)?.remove(); line.removeAttribute("data-once"); }));
})();
