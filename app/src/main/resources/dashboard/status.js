// What happened to the runs, who takes part in them, and what they obey.
import { LineChart } from './charts.js';
import { age, element, number, whole } from './format.js';
import { now, text } from './store.js';

const MOST_EVENTS = 14;

/** Firings, controls and alerts, newest first. */
export function eventsSection(context) {
  const units = new LineChart({ title: 'Numbers treated', metrics: ['intervention/parameters'], labels: ['numbers'], zero: true,
    needs: 'No intervention has fired. limber.interventions says what can keep a network plastic.',
    means: 'Weights, or numbers of the optimiser’s state, that each firing of an intervention wrote.',
    worry: 'one that should touch a few units writes whole layers at every firing.' }, context);
  const body = element('tbody');
  const list = element('article', { class: 'card' }, element('h3', {}, 'Latest events'),
    element('div', { class: 'scroll' }, element('table', { class: 'events' }, element('thead', {}, element('tr', {}, ...['Step', 'What', 'Detail'].map((h) => element('th', { scope: 'col' }, h)))), body)));
  const update = (changed) => {
    units.update(changed);
    const runs = context.runs();
    const found = runs.flatMap((run) => events(run).map((event) => [...event, runs.length > 1 ? run.id + ': ' : '']));
    found.sort((a, b) => b[0] - a[0]);
    const rows = found.slice(0, MOST_EVENTS).map(([step, what, detail, of]) => element('tr', {}, element('td', {}, whole(step)), element('td', {}, what), element('td', {}, of + detail)));
    body.replaceChildren(...(rows.length ? rows : [element('tr', {}, element('td', { colspan: 3 }, 'Nothing has happened yet.'))]));
  };
  return { id: 'events', title: 'Interventions and events', about: 'What was done to the agent, and by whom.', element: element('div', { class: 'cards' }, units.element, list), update };
}

/** [step, kind, detail] of all that happened; what fired at one step is one event. */
function events(run) {
  const firings = new Map(); // step -> names
  for (const [source, curve] of run.curves('intervention/firings')) {
    for (const step of curve.steps.slice(-MOST_EVENTS)) firings.set(step, [...(firings.get(step) ?? []), source]);
  }
  const found = [...firings].map(([step, sources]) => [step, 'intervention', together(sources)]);
  for (const note of run.notes) found.push([note.step, note.kind, note.text]);
  for (const [rule, curve] of run.curves('alert/firing')) {
    for (const step of run.alertSteps(curve)) found.push([step, 'alert', rule.replaceAll('-', ' ')]);
  }
  const synced = run.latest('learner/target-updates');
  if (synced) found.push([run.step, 'target network', `synchronised ${whole(synced)} times so far`]);
  return found;
}

/** redo-dense-0 and redo-dense-1 become "redo-dense-0, -1". */
function together([first, ...others]) {
  return [first, ...others.map((name) => {
    let same = 0;
    while (same < name.length && name[same] === first[same]) same++;
    const from = name.lastIndexOf('-', same - 1);
    return from > 0 ? name.slice(from) : name;
  })].join(', ');
}

/** Kinds of sources: [heading, whether a source is of it, the metrics whose value says most]. The first that fits counts. */
const KINDS = [
  ['', (run, source) => run.curves('alert/firing').has(source) || run.curves('intervention/firings').has(source), []],
  ['Probes', (run, source) => source.startsWith('probe'), [['probe/progress', (v) => Math.round(v * 100) + ' % of this measurement'], ['probe/completed', (v) => whole(v) + ' done'], ['probe/duration', (v) => 'took ' + number(v) + ' s']]],
  ['Agent', (run, source) => ['learner/updates', 'environment/steps', 'replay/size', 'evaluation/mean-reward', 'checkpoint/completed'].some((metric) => run.curves(metric).has(source)),
    [['learner/updates-per-second', (v) => number(v) + ' updates/s'], ['environment/steps-per-second', (v) => number(v) + ' steps/s'], ['replay/size', (v) => number(v) + ' transitions'], ['checkpoint/completed', (v) => whole(v) + ' completed'], ['evaluation/mean-reward', (v) => 'reward ' + number(v)]]],
  ['Nodes', (run, source) => ['cluster/snapshots', 'cluster/nodes', 'cluster/transitions'].some((metric) => run.curves(metric).has(source)), [['cluster/nodes', (v) => whole(v) + ' nodes'], ['cluster/snapshots', (v) => whole(v) + ' snapshots taken'], ['cluster/transitions', (v) => number(v) + ' transitions']]],
  ['Metrics: who writes and shows them', (run, source) => run.curves('queue/depth').has(source), [['queue/depth', (v) => whole(v) + ' waiting']]],
  ['Process', () => true, [['process/cpu', (v) => number(v) + ' cores']]],
];

/** Who reports, how long ago, and what. */
export function actorsSection(context) {
  const holder = element('div');
  const update = () => {
    const groups = new Map(KINDS.slice(1).sort((a, b) => (b[0] === 'Agent') - (a[0] === 'Agent')).map(([heading]) => [heading, []]));
    const several = context.runs().length > 1;
    for (const run of context.runs()) {
      for (const [source, seen] of [...run.sources].sort()) {
        const [heading, , facts] = KINDS.find(([, fits]) => fits(run, source));
        groups.get(heading)?.push(actor(run, source, seen, facts, several));
      }
    }
    holder.replaceChildren(...[...groups].filter(([, actors]) => actors.length).flatMap(([heading, actors]) => [element('h3', { class: 'kind' }, heading), element('div', { class: 'map' }, ...actors)]));
  };
  setInterval(update, 5000); // silence is news too
  return { id: 'actors', title: 'Actors and nodes', about: 'Everybody who reports, and when they were last heard of. Worry when one is late or not heard of any more.', element: holder, update };
}

function actor(run, source, seen, facts, several) {
  const last = (metric) => run.curves(metric).get(source)?.mean.at(-1);
  const [health, word] = healthOf(run, source, now() - seen.time);
  const [metric, fact] = facts.find(([name]) => last(name) != null) ?? [];
  const trouble = [['environment/restarts', 'restarts'], ['queue/dropped', 'dropped'], ['queue/failures', 'failed calls'], ['cluster/losses', 'environments lost'], ['probe/failed', 'failed'], ['checkpoint/failures', 'failed']]
    .filter(([name]) => last(name) > 0).map(([name, what]) => `${whole(last(name))} ${what}`);
  return element('div', { class: 'actor' },
    element('div', { class: 'who' }, element('span', { class: 'dot ' + health }), several ? `${run.id} · ${source}` : source),
    element('div', { class: 'what' }, word + age(now() - seen.time)),
    metric && element('div', { class: 'what' }, fact(last(metric))),
    trouble.length ? element('div', { class: 'what worry' }, trouble.join(', ')) : null);
}

/** Whose reports are due at all, and how long they have been missing: by shape and word, not only by colour. */
function healthOf(run, source, silence) {
  if (['ended', 'failed', 'gone', 'silent', 'paused'].includes(run.status)) return ['', 'last heard '];
  const reports = (metric) => run.curves(metric).has(source);
  if (reports('evaluation/mean-reward') || (source.startsWith('probe-') && !reports('probe/progress'))) return ['', 'when it measures, '];
  if (silence < 20_000) return ['ok', ''];
  return silence < 90_000 ? ['late', 'late, '] : ['lost', 'not heard of, '];
}

/** A fold for each run, read when it is opened. */
export function configSection(context) {
  const holder = element('div', { class: 'folds' });
  let shown = '';
  const update = () => {
    const ids = context.runs().map((run) => run.id);
    if (ids.join() === shown) return;
    shown = ids.join();
    holder.replaceChildren(...ids.map((id) => fold(id)));
  };
  return { id: 'config', title: 'Configuration', about: 'Everything that a run obeys, defaults included, without what looks like a secret; limber train --config repeats it.', element: holder, update };
}

function fold(id) {
  const pre = element('pre', { tabindex: 0 });
  const details = element('details', {}, element('summary', {}, `Effective configuration of ${id}`), pre);
  details.addEventListener('toggle', async () => {
    if (details.open && !pre.textContent) pre.textContent = (await text(`api/runs/${id}/config`)) || 'There is no config.conf in this run’s folder.';
  });
  return element('article', { class: 'card' }, details);
}
