// The list of today by keyboard: each answer is sent by itself, the task is replaced where it stands, the next one gets the focus.
"use strict";
(() => {
  const KEY = "nabij-desk-keys";
  const list = document.querySelector("[data-tasks]");
  const said = document.querySelector("[data-say]");
  const box = document.querySelector("[data-keys-box]");
  const turn = document.querySelector("[data-keys]");
  if (!list) return;

  const kept = () => {
    try { return localStorage.getItem(KEY) !== "off"; } catch { return true; }
  };
  const hints = (within) => {
    for (const each of within.querySelectorAll("kbd")) each.hidden = !turn.checked;
  };
  box.hidden = false;
  turn.checked = kept();
  const follow = () => {
    box.querySelector("[data-keys-hint]").hidden = !turn.checked;
    hints(document);
  };
  turn.addEventListener("change", () => {
    try { localStorage.setItem(KEY, turn.checked ? "on" : "off"); } catch { /* it holds for this page */ }
    follow();
  });
  follow();

  const items = () => [...list.querySelectorAll("[data-item]")];
  const current = () => document.activeElement?.closest("[data-item]");
  const go = (item) => {
    const place = item?.querySelector(".task, .task-done");
    if (!place) return;
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  };
  const beside = (item, step) => {
    const all = items();
    const waiting = all.filter((each) => each === item || each.querySelector(".task"));
    return item ? waiting[waiting.indexOf(item) + step] : waiting[0];
  };

  const send = async (form, button) => {
    const item = form.closest("[data-item]");
    if (item.getAttribute("aria-busy") === "true") return;
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    item.setAttribute("aria-busy", "true");
    let answer, text;
    try {
      answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "1" } });
      text = await answer.text();
    } catch {
      item.removeAttribute("aria-busy");
      form.querySelector("[name=do][type=hidden]")?.remove();
      HTMLFormElement.prototype.submit.call(withButton(form, button)); // the browser tells what is the matter
      return;
    }
    item.removeAttribute("aria-busy");
    if (answer.redirected || ![200, 422].includes(answer.status)) {
      location.reload();
      return;
    }
    const next = beside(item, 1) ?? beside(item, -1);
    item.replaceChildren(new DOMParser().parseFromString(text, "text/html").body.firstElementChild);
    hints(item);
    const fault = item.querySelector("[role=alert]");
    const field = item.querySelector("[aria-invalid]");
    said.textContent = (fault ?? item.querySelector("[data-told]"))?.textContent.trim() ?? "";
    if (field) field.focus();
    else if (item.querySelector(".task") || !next || next === item) go(item);
    else go(next);
  };
  const withButton = (form, button) => {
    if (button?.name) {
      const held = document.createElement("input");
      Object.assign(held, { type: "hidden", name: button.name, value: button.value });
      form.append(held);
    }
    return form;
  };
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  const press = (letter) => {
    const item = current();
    if (letter === "j" || letter === "k") return go(beside(item, letter === "j" ? 1 : -1)), true;
    if (letter === "u") {
      const undo = (item?.querySelector("[data-undo]")) ?? [...document.querySelectorAll("[data-undo]")].at(-1);
      return undo?.click(), Boolean(undo);
    }
    if (!item) return false;
    if (letter === "o") return item.querySelector("[data-open]")?.click(), true;
    if (letter === "c") {
      const facts = [...item.querySelectorAll("details.change:not([data-more])")];
      const details = facts.find((each) => !each.open) ?? facts[0]; // pressed again: the next fact
      if (!details) return false;
      details.open = true;
      details.querySelector("input:not([type=hidden]), select").focus();
      return true;
    }
    const button = item.querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (!button) return false;
    button.click();
    if (button.matches("summary")) button.closest("details").querySelector("select, input:not([type=hidden])")?.focus();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    const change = event.key === "Escape" && event.target.closest("[data-item] details[open]");
    if (change) {
      if (!change.querySelector("[aria-invalid]")) change.open = false;
      go(change.closest("[data-item]")); // out of the field, so that keys act again
      return;
    }
    if (!turn.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key.length === 1 && press(event.key.toLowerCase())) event.preventDefault();
  });
})();
