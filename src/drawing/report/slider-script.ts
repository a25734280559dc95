/**
 * What moves the slider in the file: it lights the charts and the timeline as they were at a moment. It reads only what
 * stands in the file.
 */
export const sliderScript = `
(() => {
  const moments = JSON.parse(document.getElementById('moments').textContent);
  const box = document.querySelector('.slider'), input = box.querySelector('input');
  const caption = box.querySelector('.caption'), rows = [...document.querySelectorAll('tr[data-moment]')];
  const signs = { now: '\\u25b6', failed: '\\u2717', passed: '\\u2713', untouched: '' };
  const light = (chart, lit) => {
    for (const state of chart.querySelectorAll('.state')) {
      const id = state.dataset.state, group = state.classList.contains('kind-group');
      const holds = (one) => one === id || (group && one.startsWith(id + '.'));
      const how = lit.standing.some(holds) ? 'now' : lit.failed.includes(id) ? 'failed' : lit.passed.some(holds) ? 'passed' : 'untouched';
      state.classList.remove('now', 'failed', 'passed', 'untouched');
      state.classList.add(how);
      const sign = state.querySelector('.sign');
      if (sign) sign.textContent = signs[how];
    }
    for (const arrow of chart.querySelectorAll('.arrow')) {
      const ids = JSON.parse(arrow.dataset.arrows);
      arrow.classList.toggle('taken', ids.some((id) => lit.taken.includes(id)));
      arrow.classList.toggle('last', ids.includes(lit.last));
    }
  };
  const show = () => {
    const moment = moments[Number(input.value)];
    for (const chart of document.querySelectorAll('[data-run]')) light(chart, moment.lit[chart.dataset.run]);
    rows.forEach((row, at) => { row.classList.toggle('later', at > input.value); row.classList.toggle('here', at === Number(input.value)); });
    caption.textContent = moment.says;
    input.setAttribute('aria-valuetext', moment.says);
  };
  input.addEventListener('input', show);
  rows.forEach((row, at) => row.addEventListener('click', () => { input.value = at; show(); }));
  const asked = /^#m(\\d+)$/.exec(location.hash);
  const place = asked ? rows.findIndex((row) => row.dataset.moment === asked[1]) : -1;
  input.value = place >= 0 ? place : moments.length - 1;
  box.classList.add('on');
  show();
})();
`;
