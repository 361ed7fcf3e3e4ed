// Starts the page: who may see what, which runs, and what follows from each update.
import { redrawAll } from './charts.js';
import { login, loginByAddress, session, showControls } from './controls.js';
import { color, element, whole } from './format.js';
import { alerts, markKeys, marks, tiles } from './glance.js';
import { redrawMaps } from './heatmap.js';
import { build } from './sections.js';
import { Store, json, text } from './store.js';
import { reach } from './view.js';

const byId = (id) => document.getElementById(id);
const context = { metrics: {}, runs: () => [...store.runs.values()], marks: () => marked };
const store = new Store(onChange, onConnection);
let parts = [];
let all = [];
let shown = [];
let marked = [];
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

function onChange(changed) {
  const runs = context.runs();
  reach(Math.max(0, ...runs.map((run) => run.step)));
  marked = marks(runs, targetPeriod);
  tiles(runs);
  alerts(runs);
  markKeys(marked);
  document.title = runs.map((run) => `${whole(run.step)} · ${run.id}`).join(', ');
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
  const over = statuses.length > 0 && statuses.every((status) => ['ended', 'failed', 'gone'].includes(status));
  const said = connection === 'live' ? (over ? statuses.find((status) => status !== 'ended') ?? 'ended' : statuses.includes('paused') ? 'paused' : 'live') : over ? 'ended, no longer served' : 'reconnecting';
  pill.textContent = said;
  pill.className = 'pill ' + (said === 'live' ? 'ok' : ['reconnecting', 'failed', 'gone'].includes(said) ? 'bad' : '');
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
  const config = await text(`api/runs/${ids[0]}/config`);
  targetPeriod = Number(/target-update-period\s*=\s*(\d+)/.exec(config)?.[1] ?? 0);
  onChange(null);
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
