// Stands between the page and what serves it: a call for which an answer was put receives that answer.
const real = window.fetch.bind(window);
window.fetch = (path, options) => {
  let call = '';
  try { call = JSON.parse(options?.body ?? '{}').call ?? ''; } catch { /* no call of ours */ }
  const put = call && sessionStorage.getItem(`answer:${call}`);
  const head = { status: 200, headers: { 'content-type': 'application/json' } };
  return put ? Promise.resolve(new Response(put, head)) : real(path, options);
};
