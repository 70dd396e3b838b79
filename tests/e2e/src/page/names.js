// How a person calls an element, folded: lower case, plain spaces and apostrophes.
const fold = text => (text || '').replace(/[\u00a0\u202f\s]+/g, ' ').replace(/’/g, "'").trim().toLowerCase();
const byId = ids => (ids || '').split(' ').map(id => document.getElementById(id)?.innerText).join(' ');
const names = element => [
  element.getAttribute('aria-label'), byId(element.getAttribute('aria-labelledby')), element.innerText,
  ...[...(element.labels || [])].map(label => label.innerText), element.placeholder, element.title,
  element.type === 'submit' ? element.value : '',
].map(fold).filter(Boolean);
