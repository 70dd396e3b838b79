// The element among `all` that a person would call `arguments[0]`; null where there is none.
const words = fold(arguments[0]);
const visible = element => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden' && !element.disabled;
};
// What lies behind an open dialog cannot be pressed.
const dialog = [...document.querySelectorAll('dialog[open], [role=dialog][aria-modal=true]')].pop();
const within = [...(dialog || document).querySelectorAll(all)].filter(visible);
for (const fits of [name => name === words, name => name.startsWith(words), name => name.includes(words)]) {
  const found = within.filter(element => names(element).some(fits));
  // The innermost: a label around a button is not the button.
  const inner = found.find(element => !found.some(other => other !== element && element.contains(other)));
  if (inner) return inner;
}
return null;
