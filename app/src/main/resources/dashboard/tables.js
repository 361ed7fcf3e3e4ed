// Charts of what probes left in tables, which are fetched apart; one set of them for each run shown.
import { TableChart } from './charts.js';
import { CosineMap, DensityMap } from './heatmap.js';
import { element, number } from './format.js';
import { table } from './store.js';

const FEW = 12_000; // milliseconds between two readings of a probe's tables, at least
const FAINT_TO_STRONG = ['40', '66', '80', 'a6', 'cc', 'ff'];
const PALETTE = ['--c0', '--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7'];

/** How a probe is switched on. */
export const SCHEDULE = (probe) => `Not measured in this run; --set probe.schedule.${probe}=10000 measures it.`;

/** Reads a table when its probe has measured, at most every few seconds, while somebody looks. */
class TableView {
  constructor(chart, run, probe, name, steps, rows, show) {
    Object.assign(this, { chart, run, probe, name, steps, rows, show, readAt: 0, stale: true, visible: false });
    this.sight = new IntersectionObserver((entries) => {
      this.visible = entries.at(-1).isIntersecting;
      this.maybeRead();
    }, { rootMargin: '200px' });
    this.sight.observe(chart.element);
  }

  update(changed) {
    if (!changed || [...changed].some((metric) => metric.startsWith(this.probe + '/'))) this.stale = true;
    this.chart.has(this.run()?.measured(this.probe));
    this.maybeRead();
  }

  async maybeRead() {
    const run = this.run();
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

  remove() {
    this.sight.disconnect();
  }
}

function curves({ context, run, title }) {
  const chart = new TableChart({
    title: title('Learning curves of the probe'), unit: 'loss, over the steps of the fit', over: 'step of the fit', log: true, needs: SCHEDULE('plasticity'),
    means: 'Loss while a copy of the network fits random targets, mean over the targets, for snapshots from early (faint) to late (strong).',
    worry: 'late curves stay above early ones.',
  }, context);
  return [chart, new TableView(chart, run, 'plasticity', 'learning-curve', 6, 200, (tables) => {
    chart.draw(tables.map(({ step, rows }, i) => ({
      label: 'step ' + number(step), color: '--c0', alpha: FAINT_TO_STRONG[i + 6 - tables.length],
      xs: rows.map((row) => row[0]),
      ys: rows.map((row) => row.slice(1).reduce((a, b) => a + b, 0) / (row.length - 1)),
    })));
  })];
}

function density({ run, title }) {
  const map = new DensityMap({
    title: title('Density of the Hessian’s eigenvalues over the steps'), needs: SCHEDULE('hessian'),
    means: 'Each column is a snapshot, each height an eigenvalue on a signed logarithmic axis; the stronger its colour, the more eigenvalues lie there. Most lie near zero.',
    worry: 'the strong band spreads outwards: the landscape becomes rough in many directions at once.',
  });
  return [map, new TableView(map, run, 'hessian', 'density', 64, 700, (tables) => map.show(tables))];
}

function cosines({ run, title }) {
  const map = new CosineMap({
    title: title('Gradient covariance'), needs: SCHEDULE('gradient-covariance'),
    means: 'Cosine of the gradients of each pair of examples: red where two ask for the same change, blue where they oppose each other.',
    worry: 'the whole square turns red: every example asks for the same change.',
  });
  return [map, new TableView(map, run, 'gradient-covariance', 'cosines', 12, 256, (tables) => map.show(tables))];
}

function slices({ context, run, title }) {
  const chart = new TableChart({
    title: title('Loss around the network'), unit: 'loss, over the distance from the network', over: 'distance', log: true, needs: SCHEDULE('landscape'),
    means: 'Loss along two straight lines through the newest measured network: a random direction and the sharpest. A distance of 1 is the length of its kernels.',
    worry: 'a wall stands close to 0: a small step then undoes what was learned.',
  }, context);
  const found = {};
  const views = [['random-slice', 'random direction', '--c0'], ['eigenvector-slice', 'sharpest direction', '--c1']].map(([name, label, color]) =>
    new TableView(chart, run, 'landscape', name, 1, 201, ([slice]) => {
      if (!slice) return;
      found[label] = { label, color, xs: slice.rows.map((row) => row[0]), ys: slice.rows.map((row) => row[1]) };
      chart.draw(Object.values(found));
    }));
  return [chart, ...views];
}

function layers({ context, run, title, definition }) {
  const chart = new TableChart({ ...definition, title: title(definition.title), steps: true, needs: SCHEDULE('statistics') }, context);
  const hidden = definition.table === 'hidden-layers'; // a row for each layer; elsewhere a column for each tensor
  return [chart, new TableView(chart, run, 'statistics', definition.table, 64, 64, (tables) => {
    if (!tables.length) return;
    const xs = tables.map((t) => t.step);
    const names = hidden ? tables[0].rows.map((row) => 'layer ' + (row[0] + 1)) : tables[0].columns;
    const value = hidden ? (t, i) => t.rows[i]?.[3] / t.rows[i]?.[1] : (t, i) => t.rows[0]?.[i];
    chart.draw(names.slice(0, 16).map((label, i) => ({ label, color: PALETTE[i % 8], dash: i < 8 ? undefined : [5, 4], xs, ys: tables.map((t) => value(t, i) ?? null) })));
  })];
}

const KINDS = { curves, density, cosines, slices, layers };

/** A chart of a definition's kind for each run shown, in the order of the runs. */
export class PerRun {
  constructor(context, definition) {
    Object.assign(this, { context, definition, shown: null, parts: [] });
    this.element = element('div', { class: 'per-run' });
  }

  update(changed) {
    const ids = this.context.runs().map((run) => run.id);
    if (ids.join() !== this.shown) {
      this.shown = ids.join();
      this.parts.forEach((part) => part.remove());
      this.parts = ids.flatMap((id) => this.make(id, ids.length > 1));
      this.element.replaceChildren(...this.parts.map((part) => part.element).filter(Boolean));
    }
    for (const part of this.parts) part.update?.(changed);
  }

  make(id, several) {
    return KINDS[this.definition.kind]({
      context: this.context, definition: this.definition,
      run: () => this.context.runs().find((run) => run.id === id),
      title: (text) => (several ? `${text} · ${id}` : text),
    });
  }
}
