// What is wrong with the page as it stands, one line each: controls without a name or too small to
// touch, text that its ground swallows, what is cut off or runs out of the screen.
const touch = arguments[0];
// What fades from one colour to another is judged where it arrives.
for (const motion of document.getAnimations()) { try { motion.finish(); } catch { /* one without an end */ } }
const seen = element => {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.opacity !== '0';
};
const dialog = [...document.querySelectorAll('dialog[open]')].pop();
const root = dialog || document.body;
// What is folded away is unfolded for the time of the look, and judged like the rest.
const folded = [...root.querySelectorAll('details:not([open])')];
for (const fold of folded) fold.open = true;
const words = text => (text || '').replace(/\s+/g, ' ').trim();
const describe = element => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') || ''}"> “${words(element.innerText || element.getAttribute('aria-label')).slice(0, 50)}”`;
const wrong = [];
const say = (what, element) => wrong.push(`${what}: ${describe(element)}`);

// Names.
const ids = list => (list || '').split(' ').map(id => document.getElementById(id)?.innerText).join(' ');
const name = element => words([
  element.getAttribute('aria-label'), ids(element.getAttribute('aria-labelledby')), element.innerText,
  ...[...(element.labels || [])].map(label => label.innerText), element.alt, element.title,
].join(' '));
const controls = [...root.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=radio], [role=switch], [tabindex]:not([tabindex="-1"])')].filter(seen);
const named = new Map();
for (const control of controls) {
  if (!name(control)) say('a control without a name', control);
  const within = control.closest('.toast, [role=group], [role=radiogroup], li, section, dialog, nav, header') || root;
  const key = `${control.getAttribute('aria-label') || ''}`;
  if (key) {
    const same = named.get(within) || new Set();
    if (same.has(key)) say('two controls of one name in one place', control);
    same.add(key);
    named.set(within, same);
  }
  const box = control.getBoundingClientRect();
  const inline = control.tagName === 'A' && getComputedStyle(control).display === 'inline';
  if (!inline && touch && (box.height < touch - 0.6 || box.width < touch - 0.6)) {
    say(`too small to touch (${Math.round(box.width)} × ${Math.round(box.height)})`, control);
  }
}
for (const group of root.querySelectorAll('[role=group], [role=radiogroup], dialog')) {
  if (seen(group) && !name({ getAttribute: it => group.getAttribute(it) })) say('a group without a name', group);
}

// Contrast.
const colour = text => {
  const parts = (text.match(/[\d.]+/g) || []).map(Number);
  return text.startsWith('rgb') ? { r: parts[0], g: parts[1], b: parts[2], a: parts[3] ?? 1 } : { r: 0, g: 0, b: 0, a: 0 };
};
const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
const light = ({ r, g, b }) => {
  const linear = [r, g, b].map(part => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
};
const contrast = (one, other) => {
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};
const ground = element => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const own = colour(getComputedStyle(at).backgroundColor);
    if (own.a > 0) layers.push(own);
    if (own.a === 1) break;
  }
  return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
};
const faded = element => {
  let opacity = 1;
  for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  return opacity;
};
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
const told = new Set();
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!words(walker.currentNode.data) || !element || told.has(element) || !seen(element)) continue;
  if (element.closest('.only-read, script, style, svg, sup, [aria-hidden=true]')) continue;
  told.add(element);
  const style = getComputedStyle(element);
  const under = ground(element);
  const ink = colour(style.color);
  const ratio = contrast(over({ ...ink, a: ink.a * faded(element) }, under), under);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
  const disabled = element.closest('[disabled]');
  if (ratio < (disabled || large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
  if (size < 13 && !document.documentElement.style.fontSize) say(`small text (${size} px)`, element);
}
for (const control of controls) {
  const style = getComputedStyle(control);
  if (parseFloat(style.borderTopWidth) === 0 || control.disabled) continue;
  const line = colour(style.borderTopColor);
  const own = colour(style.backgroundColor);
  const around = ground(control.parentElement);
  if (line.a > 0.1 && contrast(over(line, around), around) < 3 && contrast(over(own, around), around) < 3) say('a border that does not show', control);
}

// Room.
if (!dialog && document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth - innerWidth} px wider than the screen`);
for (const element of root.querySelectorAll('*')) {
  if (!seen(element) || element.closest('svg, .only-read, .table-wrap')) continue;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (box.right > innerWidth + 1 && style.position !== 'fixed') say('runs out of the screen', element);
  const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
  if (hides && element.scrollWidth > element.clientWidth + 1 && words(element.innerText)) say('is cut off', element);
  if (element.matches('button, a, h1, h2, h3') && element.scrollWidth > element.clientWidth + 2 && style.display !== 'inline') say('is wider than its place', element);
}
const all = [...document.querySelectorAll('[id]')].map(element => element.id);
for (const id of new Set(all.filter((id, n) => all.indexOf(id) !== n))) wrong.push(`two elements of the id ${id}`);
for (const fold of folded) fold.open = false;
return [...new Set(wrong)];
