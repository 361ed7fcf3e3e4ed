// What the page shows: for each chart what it means, and when to worry.
import { FreeChart, LineChart } from './charts.js';
import { CosineMap, DensityMap } from './heatmap.js';
import { age, element, number, whole } from './format.js';
import { table } from './store.js';

const SCHEDULE = (probe) => `Not measured in this run. Switch it on with --set probe.schedule.${probe}=10000.`;
const FEW = 12_000; // milliseconds between two readings of a probe's tables, at least

const SECTIONS = [
  {
    id: 'learning', title: 'Learning', about: 'Does the agent get better at its task?',
    charts: [
      { title: 'Reward', metrics: ['environment/mean-reward', 'evaluation/mean-reward'], labels: ['while exploring', 'greedy evaluation'],
        means: 'Mean reward per environment step. Exploration costs some of it; the greedy evaluation at the end has none.',
        worry: 'it falls after it had risen, or never leaves what random actions earn.' },
      { title: 'Loss', metrics: ['learner/loss', 'statistics/td-loss'], labels: ['of the updates', 'of the probed batch'], log: true,
        means: 'How far predictions are from their targets. Targets move, so it need not fall for the agent to learn.',
        worry: 'it grows without end: values are diverging. A loss that is not finite stops the run.' },
      { title: 'Scale of targets and predictions', metrics: ['statistics/target-scale', 'statistics/prediction-scale', 'learner/value'], labels: ['targets', 'predictions', 'taken actions'], zero: true,
        means: 'Root mean square of bootstrap targets and of predicted values. They should follow each other and settle near the true return.',
        worry: 'they leave the range of possible returns, or part from each other.' },
      { title: 'Exploration', metrics: ['environment/epsilon'], labels: ['epsilon'], zero: true,
        means: 'Probability of a random action. It falls by schedule, so part of an early rise in reward is its doing.' },
    ],
  },
  {
    id: 'plasticity', title: 'Plasticity', about: 'Could the network still learn something new? A copy of it is trained on random targets, off the training path, and how well it fits them is measured.',
    charts: [
      { title: 'Plasticity', metrics: ['plasticity/plasticity'], labels: ['mean'], spread: 'plasticity/loss-deviation', needs: SCHEDULE('plasticity'),
        means: 'Share of the random targets’ variance that a copy of the network learns in a fixed number of steps; the band is one standard deviation over target functions.',
        worry: 'it falls below the value at step 0 by more than the band is wide.' },
      { title: 'Probe-task losses', metrics: ['plasticity/initial-loss', 'plasticity/final-loss', 'plasticity/baseline'], labels: ['before fitting', 'after fitting', 'predicting the mean'], zero: true, needs: SCHEDULE('plasticity'),
        means: 'Loss on the random targets before and after fitting, beside that of a constant prediction. Plasticity is the gap between the last two.',
        worry: 'the loss after fitting approaches that of a constant.' },
      { kind: 'curves' },
    ],
  },
  {
    id: 'curvature', title: 'Curvature', about: 'The shape of the loss around the network: steep walls make steps overshoot, a flat floor leaves nothing to follow.',
    charts: [
      { title: 'Sharpness', metrics: ['hessian/largest-eigenvalue', 'hessian/smallest-eigenvalue'], labels: ['largest eigenvalue', 'smallest eigenvalue'], needs: SCHEDULE('hessian'),
        means: 'Largest and smallest eigenvalue of the loss’s Hessian: the steepest curvature upwards and downwards.',
        worry: 'the largest grows by orders of magnitude: the learning rate becomes too large for the landscape.' },
      { title: 'Negative curvature', metrics: ['hessian/negative-mass'], labels: ['share of eigenvalues'], zero: true, needs: SCHEDULE('hessian'),
        means: 'Share of directions in which the loss curves downwards.',
        worry: 'it jumps when the task changes and does not come back.' },
      { title: 'Trace and norm', metrics: ['hessian/trace', 'hessian/frobenius-norm'], labels: ['trace', 'Frobenius norm'], needs: SCHEDULE('hessian'),
        means: 'Curvature summed over all directions. A trace near zero with a large norm means that up and down cancel.' },
      { kind: 'density' },
    ],
  },
  {
    id: 'gradients', title: 'Gradients', about: 'Do different examples pull the network the same way, or against each other?',
    charts: [
      { kind: 'cosines' },
      { title: 'Interference', metrics: ['gradient-covariance/mean-cosine', 'gradient-covariance/fraction-negative'], labels: ['mean cosine', 'share of opposed pairs'], needs: SCHEDULE('gradient-covariance'),
        means: 'Mean cosine of two examples’ gradients, and how many pairs point against each other.',
        worry: 'the mean nears 1: the network answers every example with the same change, which is how plasticity is lost.' },
      { title: 'Rank of the gradients', metrics: ['gradient-covariance/effective-rank'], labels: ['effective rank'], zero: true, needs: SCHEDULE('gradient-covariance'),
        means: 'In how many directions the gradients of the examples differ.', worry: 'it collapses to a few.' },
      { title: 'Gradient and update', metrics: ['statistics/gradient-norm', 'statistics/update-norm'], labels: ['gradient', 'update'], log: true, needs: SCHEDULE('statistics'),
        means: 'Length of the gradient, and of the step that the optimiser makes of it.',
        worry: 'the gradient vanishes, or the update is large while the gradient is small: the optimiser’s state is stale.' },
    ],
  },
  {
    id: 'network', title: 'Network', about: 'The state of the network itself: units that no longer answer, ranks that shrink, weights that grow.',
    charts: [
      { title: 'Dead and dormant units', metrics: ['statistics/dead-units', 'statistics/dormant-units'], labels: ['dead', 'dormant'], zero: true, needs: SCHEDULE('statistics'),
        means: 'Dead units are zero for every probed observation; dormant ones contribute far less than their layer’s mean.',
        worry: 'either keeps rising: those units no longer learn.' },
      { title: 'Rank of features and weights', metrics: ['statistics/feature-rank', 'statistics/effective-rank', 'statistics/weight-rank'], labels: ['features', 'features, effective', 'weights'], zero: true, needs: SCHEDULE('statistics'),
        means: 'How many independent directions the last hidden layer and the weights use.', worry: 'the features’ rank falls while the task is unsolved.' },
      { title: 'Weights', metrics: ['statistics/weight-norm', 'statistics/distance'], labels: ['norm', 'distance from the start'], zero: true, needs: SCHEDULE('statistics'),
        means: 'Length of all parameters, and how far they have moved from their initial values.', worry: 'the norm grows steadily: steps become small beside the weights.' },
      { kind: 'layers', title: 'Dormant units by layer', table: 'hidden-layers', means: 'Share of each hidden layer’s units that are dormant.', worry: 'one layer loses most of its units.' },
      { kind: 'layers', title: 'Weight norm by tensor', table: 'weight-norm', means: 'Length of each parameter tensor.', worry: 'one grows away from the rest.' },
      { kind: 'layers', title: 'Gradient norm by tensor', table: 'gradient-norm', log: true, means: 'Length of the gradient of each tensor.', worry: 'early layers’ gradients vanish.' },
    ],
  },
  {
    id: 'flow', title: 'Flow', about: 'Why is it slow or stuck? Transitions go from environments to replay to the learner; whoever is ahead waits.',
    charts: [
      { title: 'Learner', metrics: ['learner/updates-per-second'], labels: ['updates per second'], zero: true, means: 'Optimiser steps per second, waiting included.', worry: 'it drops while nothing else on the machine changed.' },
      { title: 'Environments', metrics: ['environment/steps-per-second'], labels: ['steps per second'], zero: true, means: 'Environment steps per second of each environment actor; of many, mean and range.', worry: 'one is far below the rest.' },
      { title: 'Limiter', metrics: ['replay/limiter-difference'], labels: ['samples owed'], means: 'How far draws are behind what was inserted, by the set ratio of samples per insert. The limiter keeps it within its tolerance.', worry: 'it sticks to one end: then one side always waits.' },
      { title: 'Waiting at the limiter', metrics: ['replay/insert-blocked', 'replay/sample-blocked'], labels: ['environments', 'learner'], zero: true, means: 'Time so far in which the limiter kept environments or the learner waiting. The steeper line is the side with power to spare.' },
      { title: 'Replay', metrics: ['replay/size'], labels: ['transitions'], zero: true, means: 'Transitions in the replay store; it fills to its capacity and stays there.' },
      { title: 'Age of the policy', metrics: ['environment/policy-age'], labels: ['updates'], zero: true, means: 'How many updates old the parameters are that environments act with.', worry: 'it keeps growing: snapshots do not arrive.' },
      { title: 'Queues', metrics: ['queue/depth'], labels: ['depth'], zero: true, means: 'What waits before the metric files and this page.', worry: 'one stays full: its consumer is too slow, or its disk is.' },
      { title: 'Lost on the way', metrics: ['queue/dropped', 'queue/failures'], labels: ['dropped', 'failed calls'], zero: true, means: 'Reports that a full queue dropped, by rule only before consumers that may lose some.', worry: 'failures rise: a disk may be full.' },
      { title: 'Lag of probes', metrics: ['probe/lag'], labels: ['updates'], zero: true, means: 'How far the learner had gone on when a measurement was ready. Results belong to the step they were taken at all the same.', worry: 'it exceeds the probe’s period: measurements are skipped.' },
      { title: 'Time of probes', metrics: ['probe/duration'], labels: ['seconds'], zero: true, means: 'How long each measurement took.' },
    ],
  },
  {
    id: 'machine', title: 'Machine', about: 'What the process takes.',
    charts: [
      { title: 'Memory', metrics: ['process/resident-memory', 'process/heap-used', 'process/direct-memory'], labels: ['resident', 'heap', 'direct'], zero: true, means: 'Resident memory is all of it, the replay store and TensorFlow included.', worry: 'resident memory rises steadily after replay is full: a leak.' },
      { title: 'CPU', metrics: ['process/cpu'], labels: ['cores'], zero: true, means: 'Cores in use.' },
    ],
  },
];

const PALETTE = ['--c0', '--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7'];

/** Reads a table of the first shown run when its probe has measured, at most every few seconds. */
class TableView {
  constructor(context, element, probe, name, steps, rows, show) {
    Object.assign(this, { context, element, probe, name, steps, rows, show, readAt: 0, stale: true, visible: false });
    new IntersectionObserver((entries) => {
      this.visible = entries.at(-1).isIntersecting;
      this.maybeRead();
    }, { rootMargin: '200px' }).observe(element);
  }

  update(changed) {
    if (!changed || [...changed].some((metric) => metric.startsWith(this.probe + '/'))) this.stale = true;
    if (!changed) this.readAt = 0;
    this.maybeRead();
  }

  async maybeRead() {
    const run = this.context.runs()[0];
    if (!run || !this.stale || !this.visible || this.reading || Date.now() - this.readAt < FEW) return;
    this.reading = true;
    this.stale = false;
    this.readAt = Date.now();
    try {
      this.show(await table(run.id, this.probe, this.name, this.steps, this.rows));
    } catch {
      this.stale = true; // the file may be about to appear; tried again at the next update
    } finally {
      this.reading = false;
    }
  }
}

function curvesChart(context) {
  const chart = new FreeChart({
    title: 'Learning curves of the probe', log: true, needs: SCHEDULE('plasticity'),
    means: 'Loss while a copy of the network fits random targets, mean over the targets, for snapshots from early (faint) to late (strong).',
    worry: 'late curves stay above early ones.',
  });
  const view = new TableView(context, chart.element, 'plasticity', 'learning-curve', 6, 200, (tables) => {
    chart.draw(tables.map(({ step, rows }, i) => ({
      label: 'step ' + number(step), color: '--c0', alpha: ['40', '66', '80', 'a6', 'cc', 'ff'][i + 6 - tables.length],
      xs: rows.map((row) => row[0]),
      ys: rows.map((row) => row.slice(1).reduce((a, b) => a + b, 0) / (row.length - 1)),
    })));
  });
  return { element: chart.element, update: (changed) => view.update(changed) };
}

function densityChart(context) {
  const map = new DensityMap('Density of the Hessian’s eigenvalues over time',
    'Each column is a snapshot, each height an eigenvalue on a signed logarithmic axis; the stronger its colour, the more eigenvalues lie there. Most lie near zero.',
    'the strong band spreads outwards: the landscape becomes rough in many directions at once.', SCHEDULE('hessian'));
  const view = new TableView(context, map.element, 'hessian', 'density', 64, 700, (tables) => map.show(tables));
  return { element: map.element, update: (changed) => view.update(changed) };
}

function cosinesChart(context) {
  const map = new CosineMap('Cosines of gradients, example by example',
    'Rows and columns are examples, ordered by cluster: red where two gradients agree, blue where they oppose each other.',
    'the whole square turns red: every example asks for the same change.', SCHEDULE('gradient-covariance'));
  const view = new TableView(context, map.element, 'gradient-covariance', 'cosines', 12, 256, (tables) => map.show(tables));
  return { element: map.element, update: (changed) => view.update(changed) };
}

function layersChart(context, definition) {
  const chart = new FreeChart({ ...definition, needs: SCHEDULE('statistics') });
  const view = new TableView(context, chart.element, 'statistics', definition.table, 64, 64, (tables) => {
    if (!tables.length) return;
    const xs = tables.map((t) => t.step);
    const names = definition.table === 'hidden-layers' ? tables[0].rows.map((row) => 'layer ' + (row[0] + 1)) : tables[0].columns;
    const value = definition.table === 'hidden-layers' ? (t, i) => t.rows[i]?.[3] / t.rows[i]?.[1] : (t, i) => t.rows[0]?.[i];
    chart.draw(names.slice(0, 16).map((label, i) => ({ label, color: PALETTE[i % 8], xs, ys: tables.map((t) => value(t, i) ?? null) })));
  });
  return { element: chart.element, update: (changed) => view.update(changed) };
}

function make(context, definition) {
  switch (definition.kind) {
    case 'curves': return curvesChart(context);
    case 'density': return densityChart(context);
    case 'cosines': return cosinesChart(context);
    case 'layers': return layersChart(context, definition);
    default: return new LineChart(definition, context);
  }
}

function group(id, title, about, ...children) {
  return element('section', { class: 'group', id }, element('h2', {}, title), element('p', { class: 'about' }, about), ...children);
}

/** Firings, controls and alerts, newest first. */
function eventsSection(context) {
  const body = element('tbody');
  const units = new LineChart({ title: 'Units treated', metrics: ['intervention/units'], labels: ['units'], zero: true,
    needs: 'No intervention has fired. See limber.interventions for what can keep a network plastic.',
    means: 'Hidden units that each firing of an intervention reset or perturbed. Firings are marked in all charts by a line of full height, synchronisations of the target network by short ones below.' }, context);
  const list = element('article', { class: 'card' }, element('h3', {}, 'Latest events'),
    element('table', { class: 'events' }, element('thead', {}, element('tr', {}, ...['Step', 'What', 'Detail'].map((h) => element('th', { scope: 'col' }, h)))), body));
  const update = (changed) => {
    units.update(changed);
    const events = [];
    for (const run of context.runs()) {
      for (const note of run.notes) events.push([note.step, note.kind, note.text]);
      for (const [source, curve] of run.curves('intervention/firings')) {
        curve.steps.slice(-20).forEach((step) => events.push([step, 'intervention', source]));
      }
      const synced = run.latest('learner/target-updates');
      if (synced) events.push([run.step, 'target network', `synchronised ${whole(synced)} times so far`]);
    }
    events.sort((a, b) => b[0] - a[0]);
    body.replaceChildren(...events.slice(0, 12).map((event) => element('tr', {}, ...event.map((text, i) => element('td', {}, i ? text : whole(text))))));
  };
  return { element: group('events', 'Interventions and events', 'What was done to the agent, and by whom.', element('div', { class: 'cards' }, units.element, list)), update };
}

const FACTS = [
  ['learner', 'learner/updates-per-second', ' updates/s'], ['environment', 'environment/steps-per-second', ' steps/s'],
  ['replay', 'replay/size', ' transitions'], ['probe-', 'probe/progress', ' of the current measurement done'],
  ['', 'queue/depth', ' in the queue'], ['', 'cluster/snapshots', ' snapshots'], ['process', 'process/cpu', ' cores'],
];

/** Who reports, and how long ago. */
function actorsSection(context) {
  const map = element('div', { class: 'map' });
  const update = () => {
    map.replaceChildren(...context.runs().flatMap((run) => [...run.sources].sort().map(([source, seen]) => actor(run, source, seen, context.runs().length > 1))));
  };
  const actor = (run, source, seen, several) => {
    const over = ['ended', 'failed', 'silent', 'paused'].includes(run.status);
    const silence = run.now - seen.time;
    const eventful = run.curves('intervention/firings').has(source) || run.curves('alert/firing').has(source) || source.startsWith('evaluation') || (source.startsWith('probe-') && !run.curves('probe/progress').has(source));
    const health = over || eventful ? '' : silence < 20_000 ? 'ok' : silence < 90_000 ? 'late' : 'lost';
    const word = { ok: 'reporting', late: 'late', lost: 'not heard of', '': over ? run.status : 'reports when it happens' }[health];
    const fact = FACTS.find(([prefix, metric]) => source.startsWith(prefix) && run.curves(metric).has(source));
    const value = fact && run.curves(fact[1]).get(source).mean.at(-1);
    const restarts = run.curves('environment/restarts').get(source)?.mean.at(-1);
    return element('div', { class: 'actor' },
      element('div', { class: 'who' }, element('span', { class: 'dot ' + health }), several ? `${run.id} · ${source}` : source),
      element('div', { class: 'what' }, `${word}, ${age(silence)}`),
      fact && element('div', { class: 'what' }, (fact[1] === 'probe/progress' ? Math.round(value * 100) + ' %' : number(value)) + fact[2]),
      restarts ? element('div', { class: 'what worry' }, `${whole(restarts)} restarts`) : null);
  };
  return { element: group('actors', 'Actors and nodes', 'Everybody who reports, and when they were last heard of. A node of a cluster is listed by its name.', map), update };
}

function configSection(context) {
  const pre = element('pre', { tabindex: 0 });
  const details = element('details', {}, element('summary', {}, 'Show the effective configuration'), pre);
  details.addEventListener('toggle', () => { pre.textContent = context.config() || 'not there'; });
  return { element: group('config', 'Configuration', 'Everything that this run obeys, defaults included; limber train --config repeats it.', element('article', { class: 'card' }, details)), update: () => {} };
}

/** Builds all sections; what it returns is told of every change. */
export function build(context, holder, nav) {
  const parts = [];
  for (const section of SECTIONS) {
    const charts = section.charts.map((definition) => make(context, definition));
    parts.push(...charts);
    holder.append(group(section.id, section.title, section.about, element('div', { class: 'cards' }, ...charts.map((c) => c.element))));
  }
  for (const special of [eventsSection(context), actorsSection(context), configSection(context)]) {
    parts.push(special);
    holder.append(special.element);
  }
  for (const section of holder.querySelectorAll('section.group')) {
    nav.append(element('a', { href: '#' + section.id }, section.querySelector('h2').textContent));
  }
  return parts;
}
