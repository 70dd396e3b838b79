// The element that has the focus: what it is called, whether it is the very one of the last look, and
// what is wrong with it as a stop of the Tab key: not shown, not marked, behind something else.
const at = document.activeElement;
// A new screen is begun at its top: nothing has the focus yet.
if (!at || at === document.body || at.id === 'main') return { names: [], wrong: [], moved: window.__stop !== null, body: true, stop: (window.__stop = null) };
const moved = window.__stop !== at;
window.__stop = at;
const wrong = [];
const box = at.getBoundingClientRect();
const middle = [box.left + box.width / 2, box.top + box.height / 2];
if (box.width < 2 || box.height < 2) wrong.push('the focus is on something that is not shown');
else if (middle[1] < 0 || middle[1] > innerHeight || middle[0] < 0 || middle[0] > innerWidth) {
  if (box.height < innerHeight) wrong.push('the focus is off the screen');
} else {
  const top = document.elementFromPoint(...middle);
  // A toast goes by itself after some seconds.
  if (top && !at.contains(top) && !top.contains(at) && !top.closest('.toast')) wrong.push(`the focus is behind ${top.className || top.tagName}`);
}
// Marked: an outline, or for a field a border of its own that differs from the one without focus.
const style = getComputedStyle(at);
const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
const drawn = at.matches('.input') && style.boxShadow !== 'none';
if (at.matches(':focus-visible') ? !(outlined || drawn) : true) wrong.push('the focus is not marked');
const all = names(at);
if (!all.length) wrong.push('the focus is on something without a name');
const said = `<${at.tagName.toLowerCase()}> “${(all[0] || '').slice(0, 60)}”`;
return { names: all, tag: at.tagName.toLowerCase(), role: at.getAttribute('role'), moved, said, wrong: wrong.map(it => `${it}: ${said}`) };
