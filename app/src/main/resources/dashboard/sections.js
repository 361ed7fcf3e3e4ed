// What the page shows: for each chart what it means, and when to worry.
import { LineChart } from './charts.js';
import { element } from './format.js';
import { actorsSection, configSection, eventsSection } from './status.js';
import { PerRun, SCHEDULE } from './tables.js';

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
      { title: 'Targets and predictions', metrics: ['statistics/target-scale', 'statistics/prediction-scale', 'learner/value'], labels: ['targets', 'predictions', 'taken actions'], zero: true,
        means: 'Root mean square of bootstrap targets and of predicted values. They should follow each other and settle near the true return.',
        worry: 'they leave the range of possible returns, or part from each other.' },
      { title: 'Exploration', metrics: ['environment/epsilon'], labels: ['epsilon'], zero: true,
        means: 'Probability of a random action. It falls by schedule, so part of an early rise in reward is its doing.',
        worry: 'it is high still when the reward should be: see epsilon-end in the configuration.' },
    ],
  },
  {
    id: 'plasticity', title: 'Plasticity', about: 'Could the network still learn something new? A copy of it is trained on random targets, off the training path, and how well it fits them is measured.',
    charts: [
      { title: 'Plasticity', metrics: ['plasticity/plasticity'], labels: ['mean'], spread: 'plasticity/loss-deviation', needs: SCHEDULE('plasticity'),
        means: 'How much of the random targets’ variance a copy of the network still learns in a fixed number of steps: the gap between the lower two lines beside. The band is one standard deviation over target functions.',
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
        means: 'Curvature summed over all directions. A trace near zero with a large norm means that up and down cancel.',
        worry: 'the norm grows by orders of magnitude, whatever the trace does.' },
      { kind: 'slices' },
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
      { kind: 'layers', title: 'Dormant units by layer', table: 'hidden-layers', unit: 'fraction', zero: true, means: 'Share of each hidden layer’s units that are dormant.', worry: 'one layer loses most of its units.' },
      { kind: 'layers', title: 'Weight norm by tensor', table: 'weight-norm', unit: 'parameter', zero: true, means: 'Length of each parameter tensor.', worry: 'one grows away from the rest.' },
      { kind: 'layers', title: 'Gradient norm by tensor', table: 'gradient-norm', unit: 'loss per parameter', log: true, means: 'Length of the gradient of each tensor.', worry: 'early layers’ gradients vanish.' },
    ],
  },
  {
    id: 'flow', title: 'Flow', about: 'Why is it slow or stuck? Transitions go from environments to replay to the learner; whoever is ahead waits.',
    charts: [
      { title: 'Learner', metrics: ['learner/updates-per-second'], labels: ['updates per second'], zero: true, means: 'Optimiser steps per second, waiting included.', worry: 'it drops while nothing else on the machine changed.' },
      { title: 'Environments', metrics: ['environment/steps-per-second'], labels: ['steps per second'], zero: true, means: 'Environment steps per second of each environment actor; of many, mean and range.', worry: 'one is far below the rest.' },
      { title: 'Limiter', metrics: ['replay/limiter-difference'], labels: ['samples owed'], means: 'How far draws are behind what was inserted, by the set ratio of samples per insert. The limiter keeps it within its tolerance.', worry: 'it sticks to one end: then one side always waits.' },
      { title: 'Waiting at the limiter', metrics: ['replay/insert-blocked', 'replay/sample-blocked'], labels: ['environments', 'learner'], zero: true, means: 'Time so far in which the limiter kept environments or the learner waiting. The steeper line is the side with power to spare.', worry: 'the learner’s is the steep one: environments are too slow, or gone.' },
      { title: 'Replay', metrics: ['replay/size'], labels: ['transitions'], zero: true, means: 'Transitions in the replay store; it fills to its capacity and stays there.', worry: 'it stands still below its capacity: nothing is inserted.' },
      { title: 'Age of the policy', metrics: ['environment/policy-age'], labels: ['updates'], zero: true, means: 'How many updates old the parameters are that environments act with.', worry: 'it keeps growing: snapshots do not arrive.' },
      { title: 'Queues', metrics: ['queue/depth'], labels: ['depth'], zero: true, means: 'What waits before the metric files and this page.', worry: 'one stays full: its consumer is too slow, or its disk is.' },
      { title: 'Lost on the way', metrics: ['queue/dropped', 'queue/failures'], labels: ['dropped', 'failed calls'], zero: true, means: 'Reports that a full queue dropped, by rule only before consumers that may lose some.', worry: 'failures rise: a disk may be full.' },
      { title: 'Lag of probes', metrics: ['probe/lag'], labels: ['updates'], zero: true, means: 'How far the learner had gone on when a measurement was ready. Results belong to the step they were taken at all the same.', worry: 'it exceeds the probe’s period: measurements are skipped.' },
      { title: 'Time of probes', metrics: ['probe/duration'], labels: ['seconds'], zero: true, means: 'How long each measurement took.', worry: 'it grows from one measurement to the next: the machine is short of cores or memory.' },
    ],
  },
  {
    id: 'machine', title: 'Machine', about: 'What the process takes.',
    charts: [
      { title: 'Memory', metrics: ['process/resident-memory', 'process/heap-used', 'process/direct-memory'], labels: ['resident', 'heap', 'direct'], zero: true, means: 'Resident memory is all of it, the replay store and TensorFlow included.', worry: 'resident memory rises steadily after replay is full: a leak.' },
      { title: 'CPU', metrics: ['process/cpu'], labels: ['cores'], zero: true, means: 'Cores in use, over all threads.', worry: 'it falls while nobody waits at the limiter: something else takes the machine.' },
      { title: 'Disk', metrics: ['process/disk-free'], labels: ['free'], zero: true, means: 'What the file system of the run’s folder can still take.', worry: 'it heads for zero: checkpoints and metrics then fail. Training goes on without them.' },
    ],
  },
];

function group(id, title, about, ...children) {
  return element('section', { class: 'group', id }, element('h2', {}, title), element('p', { class: 'about' }, about), ...children);
}

/** Builds all sections; what it returns is told of every change. */
export function build(context, holder, nav) {
  const parts = [];
  for (const section of SECTIONS) {
    const charts = section.charts.map((definition) => (definition.kind ? new PerRun(context, definition) : new LineChart(definition, context)));
    parts.push(...charts);
    holder.append(group(section.id, section.title, section.about, element('div', { class: 'cards' }, ...charts.map((c) => c.element))));
  }
  for (const { id, title, about, element: content, update } of [eventsSection(context), actorsSection(context), configSection(context)]) {
    parts.push({ update });
    holder.append(group(id, title, about, content));
  }
  for (const section of holder.querySelectorAll('section.group')) {
    nav.append(element('a', { href: '#' + section.id }, section.querySelector('h2').textContent));
  }
  return parts;
}
