// Line charts over the learner's steps, all with one cursor and one axis.
import uPlot from './vendor/uPlot.esm.js';
import { HEIGHT, axes, card, key, marksPlugin } from './axes.js';
import { color, withUnit } from './format.js';
import { lines } from './lines.js';
import { onView, view, zoomBy, zoomTo } from './view.js';

const drawn = new Set();

/** Draws everything again, for instance in other colours. */
export function redrawAll() {
  for (const chart of drawn) chart.rebuild();
}

/** What any chart does, whatever its curves are over. */
class Chart {
  constructor(definition, formulas) {
    this.definition = definition;
    Object.assign(this, card(definition, formulas));
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(this.plot);
    drawn.add(this);
  }

  has(data) {
    this.element.classList.toggle('missing', !data);
  }

  resize() {
    const width = this.plot.clientWidth;
    if (this.chart && width > 0 && Math.abs(this.chart.width - width) > 1) this.chart.setSize({ width, height: HEIGHT });
  }

  destroy() {
    this.chart?.destroy();
    this.chart = null;
  }

  /** It is not shown any more. */
  remove() {
    this.destroy();
    this.resizes.disconnect();
    this.endView?.();
    drawn.delete(this);
    this.element.remove();
  }

  /** Follows what all charts over steps show, and lets one zoom them. */
  overSteps() {
    this.endView = onView(() => this.applyView());
    this.plot.addEventListener('keydown', (event) => this.onKey(event));
  }

  applyView() {
    const [min, max] = view();
    this.chart?.setScale('x', { min, max });
  }

  stepOptions(marks) {
    return {
      cursor: { sync: { key: 'steps' }, drag: { x: true, y: false }, points: { size: 6 } },
      plugins: [marksPlugin(marks)],
      hooks: {
        ready: [(u) => u.over.addEventListener('dblclick', () => zoomTo(null))],
        setCursor: [() => this.describe()],
        setSelect: [(u) => u.select.width > 4 && zoomTo([u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')])],
      },
    };
  }

  onKey(event) {
    if (!this.chart || !['ArrowLeft', 'ArrowRight', 'Escape', '+', '-'].includes(event.key)) return;
    event.preventDefault();
    const steps = this.chart.data[0];
    const now = this.chart.cursor.idx ?? steps.length - 1;
    if (event.key === 'Escape') return zoomTo(null);
    if (event.key === '+') return zoomBy(0.5, steps[now]);
    if (event.key === '-') return zoomBy(2, steps[now]);
    const next = Math.min(steps.length - 1, Math.max(0, now + (event.key === 'ArrowLeft' ? -1 : 1)));
    this.chart.setCursor({ left: this.chart.valToPos(steps[next], 'x'), top: 20 });
  }

  describe() {}
}

export class LineChart extends Chart {
  /** definition: title, metrics, labels, log, spread, means, worry, needs */
  constructor(definition, context) {
    const known = definition.metrics.map((id) => [id, context.metrics[id]]);
    super({ ...definition, unit: known[0][1]?.unit }, known.map(([id, m]) => (m ? `${id} (${m.unit}): ${m.formula}` : id)).join('\n'));
    this.context = context;
    this.visible = false;
    this.sight = new IntersectionObserver((entries) => {
      this.visible = entries.at(-1).isIntersecting;
      if (this.visible) this.update();
    }, { rootMargin: '200px' });
    this.sight.observe(this.element);
    this.overSteps();
  }

  update() {
    const runs = this.context.runs();
    this.has(runs.some((run) => this.definition.metrics.some((metric) => run.curves(metric).size)));
    if (!this.visible) return;
    const found = lines(runs, this.definition);
    if (!found.length) {
      this.destroy();
      this.plot.replaceChildren(this.empty);
      this.keys.replaceChildren();
      return;
    }
    const shape = found.map((line) => line.label + line.color).join('|');
    this.lines = found;
    if (!this.chart || shape !== this.shape) {
      this.build(this.join());
      this.shape = shape;
    } else {
      this.chart.setData(this.join(), false);
    }
    this.applyView();
    this.describe();
  }

  join() {
    const joined = uPlot.join(this.lines.map(({ points, band }) =>
      band ? [points.steps, points.mean, points.least, points.most] : [points.steps, points.mean]));
    return this.definition.log ? joined.map((column, i) => (i ? column.map((v) => (v > 0 ? v : null)) : column)) : joined;
  }

  build(data) {
    this.destroy();
    this.plot.replaceChildren();
    const series = [{}];
    const bands = [];
    for (const line of this.lines) {
      const stroke = color(line.color);
      series.push({ label: line.label, stroke, width: 1.6, dash: line.dash, spanGaps: true, points: { show: line.points.steps.length < 30, size: 4, fill: stroke } });
      if (line.band) {
        const at = series.length;
        const hidden = { stroke: 'transparent', width: 0, spanGaps: true, points: { show: false } };
        series.push({ ...hidden }, { ...hidden });
        bands.push({ series: [at + 1, at], fill: stroke + '2e' });
      }
    }
    const { log } = this.definition;
    this.chart = new uPlot({
      width: Math.max(200, this.plot.clientWidth), height: HEIGHT, series, bands, padding: [10, 14, 0, 0], legend: { show: false },
      scales: { x: { time: false }, y: { distr: log ? 3 : 1, range: log ? undefined : range(this.definition) } },
      axes: axes(this.definition.unit, log),
      ...this.stepOptions(() => this.context.marks()),
    }, data, this.plot);
  }

  /** The key under the chart, with the values at the cursor or the newest ones. */
  describe() {
    if (!this.chart || !this.lines) return;
    const at = this.chart.cursor.idx;
    const step = at == null ? null : this.chart.data[0][at];
    const { unit } = this.definition;
    const value = ({ points }) => {
      if (step == null) return points.mean.findLast((v) => v != null);
      let i = points.steps.length - 1;
      while (i > 0 && points.steps[i] > step) i--;
      return points.mean[i];
    };
    this.latest.textContent = step == null ? '' : 'step ' + Math.round(step).toLocaleString('en');
    this.keys.replaceChildren(...this.lines.map((line) => key(color(line.color), line.label, withUnit(value(line), unit), line.dash)));
    const said = this.lines.slice(0, 6).map((line) => `${line.label} ${withUnit(value(line), unit)}`).join(', ');
    this.plot.setAttribute('aria-label', `${this.definition.title}: ${said}. Arrow keys move along the steps, plus and minus zoom.`);
  }

  rebuild() {
    this.shape = null;
    this.update();
  }

  remove() {
    super.remove();
    this.sight.disconnect();
  }
}

/** From zero where that is the natural floor, with a little room. */
function range(definition) {
  return (u, min, max) => {
    if (min == null || max == null || (min === 0 && max === 0)) return [0, 1];
    const room = (max - min || Math.abs(max) || 1) * 0.06;
    const low = definition.zero && min >= 0 ? 0 : min - room;
    return [low, max + room];
  };
}

/** Curves of a probe's tables: over steps like the rest (steps: true in the definition), or over something of their own. */
export class TableChart extends Chart {
  /** definition: title, unit, steps, log, means, worry, needs */
  constructor(definition, context) {
    super(definition);
    this.context = context;
    if (definition.steps) this.overSteps();
  }

  /** curves: [{label, xs, ys, color, alpha}], equal xs for all where they are over steps */
  draw(curves) {
    this.curves = curves;
    if (!curves.length) return;
    this.destroy();
    this.plot.replaceChildren();
    const { log, steps, unit, zero } = this.definition;
    this.chart = new uPlot({
      width: Math.max(200, this.plot.clientWidth), height: HEIGHT, padding: [10, 14, 0, 0], legend: { show: false },
      series: [{}, ...curves.map((c) => ({ stroke: this.stroke(c), width: 1.6, dash: c.dash, spanGaps: true, points: { show: steps && c.xs.length < 30, size: 4, fill: this.stroke(c) } }))],
      scales: { x: { time: false }, y: { distr: log ? 3 : 1, range: log ? undefined : range({ zero }) } },
      axes: axes(unit, log),
      ...(steps ? this.stepOptions(() => this.context.marks()) : { cursor: { drag: { x: false, y: false } }, hooks: { setCursor: [() => this.describe()] } }),
    }, uPlot.join(curves.map((c) => [c.xs, log ? c.ys.map((y) => (y > 0 ? y : null)) : c.ys])), this.plot);
    if (steps) this.applyView();
    this.describe();
  }

  stroke(curve) {
    return color(curve.color) + (curve.alpha ?? '');
  }

  describe() {
    if (!this.chart) return;
    const at = this.chart.cursor.idx;
    const { over, steps, unit } = this.definition;
    this.latest.textContent = at == null ? '' : `${steps ? 'step' : over} ${+this.chart.data[0][at].toPrecision(8)}`;
    const value = (i) => (at == null ? this.curves[i].ys.findLast((y) => y != null) : this.chart.data[i + 1][at]);
    this.keys.replaceChildren(...this.curves.map((c, i) => key(this.stroke(c), c.label, withUnit(value(i), unit), c.dash)));
  }

  rebuild() {
    if (this.curves) this.draw(this.curves);
  }
}
