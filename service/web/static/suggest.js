// Suggestions while typing, as a list box under the field (ARIA combobox); what is typed stands in no address.
"use strict";
(() => {
  const WAIT_MS = 120;
  const icons = document.querySelector("[data-icons]")?.dataset.icons;
  const SIGNS = { need: "hand", place: "pin", organization: "people" };

  const sign = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${icons}#${name}`);
    svg.append(use);
    return svg;
  };

  const begin = (field, number) => {
    const box = document.createElement("div");
    box.className = "suggest";
    field.replaceWith(box);
    const list = document.createElement("ul");
    list.id = `suggest-${number}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.title);
    list.hidden = true;
    box.append(field, list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
      field.setAttribute(name, value);
    }
    let chosen = -1;
    let timer = 0;
    let asked = null;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const mark = (next) => {
      const rows = [...list.children];
      chosen = (next + rows.length + 1) % (rows.length + 1);
      if (chosen === rows.length) chosen = -1;
      rows.forEach((row, i) => row.setAttribute("aria-selected", i === chosen));
      if (chosen < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", rows[chosen].id);
        rows[chosen].scrollIntoView({ block: "nearest" });
      }
    };
    const take = (row) => {
      field.value = row.dataset.text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      clearTimeout(timer);
      close();
      if (field.name === "q") field.form.requestSubmit();
    };
    const show = (found) => {
      list.replaceChildren(...found.map(({ kind, text, detail }, i) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${i}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.dataset.text = text;
        const words = document.createElement("span");
        words.dir = "auto";
        words.textContent = text;
        row.append(sign(SIGNS[kind] ?? "search"), words);
        if (detail) row.append(Object.assign(document.createElement("small"), { textContent: detail }));
        row.addEventListener("pointerdown", (event) => event.preventDefault());
        row.addEventListener("click", () => take(row));
        return row;
      }));
      chosen = -1;
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(found.length > 0));
    };
    const ask = async () => {
      asked?.abort();
      const typed = field.value.trim();
      if (typed.length < 2) { close(); return; }
      asked = new AbortController();
      const body = new URLSearchParams({ q: typed, lang: document.documentElement.lang, field: field.name === "q" ? "question" : "place" });
      try {
        const answer = await fetch(field.dataset.suggest, { method: "POST", body, signal: asked.signal });
        if (answer.ok && field === document.activeElement) show((await answer.json()).suggestions);
      } catch { /* typed on, or no line: the field works without */ }
    };
    field.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark(chosen + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(list.children[chosen]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    field.addEventListener("blur", close);
  };

  [...document.querySelectorAll("[data-suggest]")].forEach(begin);
})();
