// A question that says nothing about the person goes straight to its own address, without the way round by the
// server; what is ticked about a person stays in the body of the request.
"use strict";
const PERSONAL = ["situation", "speaks", "audience", "age", "household", "budget", "tariff", "papers", "diet"];
for (const form of document.querySelectorAll("form[data-plain]")) {
  form.addEventListener("submit", () => {
    const personal = [...form.elements].some(
      (field) => PERSONAL.includes(field.name) && (field.type === "checkbox" ? field.checked : field.value),
    );
    form.method = personal ? "post" : "get";
    for (const field of form.elements) {
      if (!personal && field.name && !field.value) field.disabled = true;
    }
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
}
