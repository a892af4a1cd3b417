// A list of one's own: ids and remarks stand in this browser alone, and in the address of the list when it is opened.
"use strict";
(() => {
  const KEY = "nabij-list";
  const read = () => {
    try {
      const held = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      return { ids: held.ids ?? [], remarks: held.remarks ?? {} };
    } catch {
      return { ids: [], remarks: {} };
    }
  };
  const write = (held) => {
    try {
      if (held.ids.length) localStorage.setItem(KEY, JSON.stringify(held));
      else localStorage.removeItem(KEY);
    } catch { /* a browser that keeps nothing: the address is the list */ }
    show();
  };
  const keep = (id, on) => {
    const held = read();
    held.ids = on ? [...new Set([...held.ids, id])].slice(0, 30) : held.ids.filter((each) => each !== id);
    if (!on) delete held.remarks[id];
    write(held);
  };

  const link = document.querySelector("[data-my-list]");
  const bar = document.querySelector("[data-chosen]");
  const boxes = [...document.querySelectorAll("[data-keep]")];
  const show = () => {
    const { ids } = read();
    if (link) {
      link.hidden = !ids.length;
      link.href = `${link.dataset.myList}?ids=${ids.join(",")}`;
      link.querySelector("[data-count]").textContent = ids.length;
    }
    for (const box of boxes) box.checked = ids.includes(box.value);
    bar?.classList.toggle("filled", boxes.some((box) => box.checked));
    for (const form of document.querySelectorAll("[data-keep-form]")) {
      const on = ids.includes(form.dataset.keepForm);
      const button = form.querySelector("button");
      button.classList.toggle("on", on);
      button.setAttribute("aria-pressed", on);
    }
  };

  for (const box of boxes) box.addEventListener("change", () => keep(box.value, box.checked));
  for (const form of document.querySelectorAll("[data-keep-form]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const id = form.dataset.keepForm;
      keep(id, !read().ids.includes(id));
    });
  }
  // The list that is open is the list that is kept: moved, shortened, or given by somebody else.
  const list = document.querySelector("[data-list]");
  if (list) {
    const ids = list.dataset.list.split(",");
    const held = read();
    if (!held.ids.length || ids.every((id) => held.ids.includes(id))) write({ ...held, ids });
    for (const item of list.children) {
      const row = item.querySelector("[data-remark]");
      const field = row.querySelector("textarea");
      row.hidden = false;
      field.value = held.remarks[item.dataset.id] ?? "";
      field.name = `remark-${item.dataset.id}`;
      field.setAttribute("form", "take"); // they go along to the sheet, in the body of the request
      field.addEventListener("input", () => {
        const now = read();
        now.remarks[item.dataset.id] = field.value;
        write(now);
      });
    }
  }
  const take = document.getElementById("take");
  take?.addEventListener("submit", () => {
    const fields = [...take.elements].filter((field) => field.name.startsWith("remark-"));
    take.method = fields.some((field) => field.value) ? "post" : "get";
    for (const field of fields) field.disabled = !field.value;
    setTimeout(() => { for (const field of fields) field.disabled = false; });
  });
  for (const item of document.querySelectorAll(".sheet [data-id]")) {
    const field = item.querySelector("textarea");
    field.value ||= read().remarks[item.dataset.id] ?? "";
  }
  for (const away of document.querySelectorAll("[data-unkeep]")) {
    away.addEventListener("click", () => keep(away.dataset.unkeep, false));
  }
  const empty = document.querySelector("[data-empty-list]");
  if (empty) {
    empty.hidden = false;
    empty.addEventListener("click", () => { write({ ids: [], remarks: {} }); location.href = location.pathname; });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("pageshow", show);
  show();
})();
