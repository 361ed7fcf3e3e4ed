// The top of the page: how each run is in a few numbers, what fires, and what the marks in the charts mean.
import { MOST_MARKS } from './axes.js';
import { color, element, number, whole, withUnit } from './format.js';

const byId = (id) => document.getElementById(id);

const TILES = [
  ['Step', (run) => whole(run.step), status, (run) => run.status],
  ['Speed', (run) => number(run.latest('learner/updates-per-second')), () => 'updates per second', () => 'per s'],
  ['Reward', (run) => number(run.latest('environment/mean-reward')), (run) => since(run, 'environment/mean-reward')],
  ['Plasticity', (run) => number(run.latest('plasticity/plasticity')), (run) => since(run, 'plasticity/plasticity')],
  ['Sharpness', (run) => number(run.latest('hessian/largest-eigenvalue')), (run) => since(run, 'hessian/largest-eigenvalue')],
  ['Dead units', (run) => withUnit(run.latest('statistics/dead-fraction'), 'fraction'), (run) => since(run, 'statistics/dead-fraction', 'fraction')],
];

function status(run) {
  return run.status + (run.detail ? ', ' + run.detail : '');
}

function since(run, metric, unit) {
  const first = run.first(metric);
  return first == null ? 'not measured' : 'at first ' + withUnit(first, unit);
}

/** Numbers of each run; several runs share the tiles, a line each. */
export function tiles(runs) {
  const several = runs.length > 1;
  byId('tiles').replaceChildren(...TILES.map(([name, value, note, short]) => element('div', { class: 'tile' },
    element('div', { class: 'name' }, name),
    ...runs.flatMap((run, i) => (several ? [line(run, i, value, note, short)] : [element('div', { class: 'value' }, value(run)), element('div', { class: 'note' }, note(run))])))));
}

function line(run, i, value, note, short = note) {
  const dot = element('span', { class: 'dot' });
  dot.style.background = color('--c' + (i % 8));
  return element('div', { class: 'line', title: `${run.id}: ${note(run)}` }, dot, element('b', {}, value(run)), element('span', { class: 'note' }, short(run)));
}

export function alerts(runs) {
  const firing = runs.flatMap((run) => [...run.curves('alert/firing')].filter(([, c]) => c.mean.at(-1) > 0).map(([rule]) => (runs.length > 1 ? run.id + ': ' : '') + rule.replaceAll('-', ' ')));
  const text = firing.length ? 'Alert: ' + firing.join(', ') + '. See alerts.jsonl in the run’s folder.' : '';
  if (byId('alerts').textContent !== text) byId('alerts').textContent = text;
}

/** Steps to mark in every chart, by kind; firings by run as well, in the run's colour where there are several. */
export function marks(runs, targetPeriod) {
  const controls = [], alarms = [], targets = [];
  const firings = runs.map((run, i) => ({
    name: runs.length > 1 ? 'intervention · ' + run.id : 'intervention', glyph: '▼', shape: 'triangle',
    stroke: runs.length > 1 ? '--c' + (i % 8) : '--mark',
    steps: [...new Set([...run.curves('intervention/firings').values()].flatMap((curve) => curve.steps))],
  }));
  for (const run of runs) {
    for (const curve of run.curves('alert/firing').values()) alarms.push(...run.alertSteps(curve));
    controls.push(...run.notes.map((note) => note.step));
  }
  const step = Math.max(0, ...runs.map((run) => run.step));
  if (targetPeriod > 0 && step / targetPeriod < 5000) for (let s = targetPeriod; s <= step; s += targetPeriod) targets.push(s);
  return [
    { name: 'target network synchronised', glyph: '╷', steps: targets, stroke: '--muted' },
    ...firings,
    { name: 'control used', glyph: '◆', steps: controls, stroke: '--c5', shape: 'diamond' },
    { name: 'alert begins', glyph: '●', steps: alarms, stroke: '--worry', shape: 'circle' },
  ];
}

/** What those marks are; only of kinds that there are. */
export function markKeys(all) {
  const keys = all.filter((mark) => mark.steps.length).map((mark) => {
    const glyph = element('span', { class: 'glyph', 'aria-hidden': 'true' }, mark.glyph);
    glyph.style.color = color(mark.stroke);
    return element('span', { class: 'key' }, glyph, mark.name + (mark.steps.length > MOST_MARKS ? ' (drawn when zoomed in)' : ''));
  });
  byId('marks').replaceChildren(...(keys.length ? ['In the charts:', ...keys] : []));
}
