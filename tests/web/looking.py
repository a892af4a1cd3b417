"""What a page in a browser is asked about its looks: each script gives the list of what is wrong."""

FAINT = """
() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.99) return colour;
    }
    return canvas;
  };
  const probe = document.createElement('i');
  probe.style.backgroundColor = 'Canvas';
  document.body.append(probe);
  const canvas = parse(getComputedStyle(probe).backgroundColor);
  probe.remove();
  const found = [];
  for (const each of document.querySelectorAll('body *')) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !each.checkVisibility() || each.closest('svg, .unseen, .skip')) continue;
    const style = getComputedStyle(each);
    const [front, back] = [light(parse(style.color)), light(behind(each))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (ratio < 4.5) found.push(`${each.textContent.trim().slice(0, 40)} ${ratio.toFixed(2)}`);
  }
  return found;
}"""

OVERLAPS = """
() => {
  const pins = [...document.querySelectorAll('#map .pin:not(.you)')]
    .map((each) => [each.textContent, each.getBoundingClientRect()]);
  return pins.flatMap(([name, a], i) => pins.slice(i + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => `${name} on ${other}`));
}"""

NAMES_ON_NAMES = """
() => {
  const names = [...document.querySelectorAll('.town span, #map .pin:not(.you)')]
    .map((each) => [each.textContent, each.getBoundingClientRect()]);
  return names.flatMap(([name, a], i) => names.slice(i + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => `${name} on ${other}`));
}"""

STICKS_OUT = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => box.right > width + 1 || box.left < -1)
    .map(([each]) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`).slice(0, 5);
}"""
"""What makes the page wider than its window; what scrolls in a box of its own does not."""

CUT = """
() => [...document.querySelectorAll('body *')]
  .filter((each) => each.checkVisibility())
  .filter((each) => !each.closest('svg, .unseen, .map, textarea, input, select, .skip'))
  .filter((each) => [...each.childNodes].some((at) => at.nodeType === 3 && at.textContent.trim()))
  .filter((each) => {
    for (let at = each; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const hides = (how) => how === 'hidden' || how === 'clip';
      if (hides(style.overflowX) && at.clientWidth && at.scrollWidth > at.clientWidth + 2) return true;
      if (hides(style.overflowY) && at.clientHeight && at.scrollHeight > at.clientHeight + 2) return true;
    }
    return false;
  })
  .map((each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`).slice(0, 5)"""
"""Words that a box hides a part of."""

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""

WITH_STYLE = """
(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = rules ? [sheet] : [];
}"""
"""Puts rules of our own beside those of the page, as a reader's browser can."""
