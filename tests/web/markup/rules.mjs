// What the markup of every page is held to: all that the standard and WCAG ask, with three choices of ours.
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document", "html-validate:browser"],
  rules: {
    // A list may have a name in ARIA; the rule's own default allows only what is interactive.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // Every file comes from us: a hash would guard us against ourselves.
    "require-sri": ["error", { target: "crossorigin" }],
    // A button without a type sends its form in every browser, and ours mean to.
    "no-implicit-button-type": "off",
  },
};
