// Starts the page: who may see what, which runs, and what follows from each update.
import { redrawAll } from './charts.js';
import { login, loginByAddress, session, showControls } from './controls.js';
import { color, element, number, whole, withUnit } from './format.js';
import { redrawMaps } from './heatmap.js';
import { build } from './sections.js';
import { Store, json } from './store.js';

const byId = (id) => document.getElementById(id);
const context = { metrics: {}, runs: () => [...store.runs.values()], marks, config: () => configText };
const store = new Store(onChange, onConnection);
let parts = [];
let all = [];
let shown = [];
let configText = '';
let targetPeriod = 0;

function theme(name) {
  if (name) localStorage.setItem('limber-theme', name);
  const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = localStorage.getItem('limber-theme') ?? preferred;
  redrawAll();
  redrawMaps();
}

function toggleTheme() {
  theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
}

/** Steps to mark on every chart's axis. */
function marks() {
  const firings = [], controls = [];
  for (const run of store.runs.values()) {
    for (const curve of run.curves('intervention/firings').values()) firings.push(...curve.steps);
    controls.push(...run.notes.map((note) => note.step));
  }
  const step = Math.max(0, ...[...store.runs.values()].map((run) => run.step));
  const targets = [];
  if (targetPeriod > 0 && step / targetPeriod < 5000) for (let s = targetPeriod; s <= step; s += targetPeriod) targets.push(s);
  return [
    { steps: targets, stroke: '--muted', tall: false },
    { steps: [...new Set(firings)], stroke: '--mark', tall: true },
    { steps: controls, stroke: '--c1', tall: true },
  ];
}

const TILES = [
  ['Step', (run) => whole(run.step), (run) => run.status + (run.detail ? ', ' + run.detail : '')],
  ['Speed', (run) => number(run.latest('learner/updates-per-second')), () => 'updates per second'],
  ['Reward', (run) => number(run.latest('environment/mean-reward')), (run) => since(run, 'environment/mean-reward')],
  ['Plasticity', (run) => number(run.latest('plasticity/plasticity')), (run) => since(run, 'plasticity/plasticity')],
  ['Sharpness', (run) => number(run.latest('hessian/largest-eigenvalue')), (run) => since(run, 'hessian/largest-eigenvalue')],
  ['Dead units', (run) => withUnit(run.latest('statistics/dead-fraction'), 'fraction'), (run) => since(run, 'statistics/dead-fraction', 'fraction')],
];

function since(run, metric, unit) {
  const first = run.first(metric);
  return first == null ? 'not measured' : 'at first ' + withUnit(first, unit);
}

function tiles() {
  const run = context.runs()[0];
  if (!run) return;
  byId('tiles').replaceChildren(...TILES.map(([name, value, note]) => element('div', { class: 'tile' },
    element('div', { class: 'name' }, name), element('div', { class: 'value' }, value(run)), element('div', { class: 'note' }, note(run)))));
  const firing = context.runs().flatMap((r) => [...r.curves('alert/firing')].filter(([, c]) => c.mean.at(-1) > 0).map(([rule]) => rule.replaceAll('-', ' ')));
  const text = firing.length ? 'Alert: ' + firing.join(', ') + '. See alerts.jsonl in the run’s folder.' : '';
  if (byId('alerts').textContent !== text) byId('alerts').textContent = text;
  document.title = `${whole(run.step)} · ${run.id}`;
}

function onChange(changed) {
  tiles();
  runButtons();
  connectionText();
  for (const part of parts) part.update(changed);
}

let connection = 'connecting';

function onConnection(state) {
  connection = state;
  connectionText();
}

function connectionText() {
  const pill = byId('connection');
  const statuses = context.runs().map((run) => run.status);
  const over = statuses.length > 0 && statuses.every((status) => ['ended', 'failed'].includes(status));
  const text = connection === 'live' ? (over ? 'ended' : statuses.includes('paused') ? 'paused' : 'live') : over ? 'ended, no longer served' : 'reconnecting';
  pill.textContent = text;
  pill.className = 'pill ' + (text === 'live' ? 'ok' : text === 'reconnecting' ? 'bad' : '');
}

function runButtons() {
  const several = all.length > 1;
  byId('runs').replaceChildren(...all.map((run) => {
    const on = shown.includes(run.id);
    const dot = element('span', { class: 'dot' });
    if (on && several) dot.style.background = color('--c' + (shown.indexOf(run.id) % 8));
    return element('button', { type: 'button', class: 'run', 'aria-pressed': String(on), title: run.folder, onclick: () => toggle(run.id) }, several ? dot : null, run.id);
  }));
}

function toggle(id) {
  if (all.length === 1) return;
  const next = shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id];
  if (next.length) show(next);
}

async function show(ids) {
  shown = ids;
  const query = new URLSearchParams(ids.map((id) => ['run', id]));
  history.replaceState(null, '', location.pathname + (all.length > 1 ? '?' + query : '') + location.hash);
  store.watch(ids);
  runButtons();
  const response = await fetch(`api/runs/${ids[0]}/config`, { credentials: 'same-origin' });
  configText = response.ok ? await response.text() : '';
  targetPeriod = Number(/target-update-period\s*=\s*(\d+)/.exec(configText)?.[1] ?? 0);
  for (const part of parts) part.update(null);
}

async function start() {
  const described = await session();
  byId('login').hidden = described.readable;
  byId('glance').hidden = !described.readable;
  if (!described.readable) return;
  [context.metrics, { runs: all }] = await Promise.all([json('api/metrics'), json('api/runs')]);
  if (!parts.length) parts = build(context, byId('sections'), byId('nav'));
  spy();
  const wanted = new URLSearchParams(location.search).getAll('run').filter((id) => all.some((run) => run.id === id));
  await show(wanted.length ? wanted : all.slice(-4).map((run) => run.id));
  showControls(described, all[0].id, start);
}

/** Marks in the navigation where one is. */
function spy() {
  const links = new Map([...byId('nav').children].map((link) => [link.hash.slice(1), link]));
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) links.get(entry.target.id)?.classList.toggle('here', entry.isIntersecting);
  }, { rootMargin: '-110px 0px -70% 0px' });
  for (const id of links.keys()) observer.observe(byId(id));
}

byId('theme').addEventListener('click', toggleTheme);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => theme());
document.addEventListener('keydown', (event) => {
  if (event.key === 't' && !event.ctrlKey && !event.metaKey && !event.target.closest('input, select')) toggleTheme();
});
byId('login-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  if (await login(byId('token').value)) start();
  else byId('login-error').textContent = 'This is not the token.';
});
globalThis.limber = store; // for the curious, at the browser's console
theme();
await loginByAddress();
await start();
