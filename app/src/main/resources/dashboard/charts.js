// Line charts over the learner's steps, all with one cursor and one zoom.
import uPlot from './vendor/uPlot.esm.js';
import { alarm, color, element, number, withUnit } from './format.js';

const HEIGHT = 190;
const MOST_SOURCES = 4;
const MOST_MARKS = 120;
const charts = new Set();
let zoom = null; // [from, to] in steps, or null for everything

/** Draws everything again, for instance in other colours. */
export function redrawAll() {
  for (const chart of charts) chart.rebuild();
}

function zoomTo(range) {
  zoom = range;
  for (const chart of charts) chart.applyZoom();
}

/** Curves of equal steps side by side: mean, least and most over the sources in each of 300 bins. */
function aggregate(curves) {
  const all = [];
  for (const curve of curves) curve.steps.forEach((step, i) => curve.mean[i] != null && all.push([step, curve.mean[i]]));
  if (!all.length) return null;
  all.sort((a, b) => a[0] - b[0]);
  const width = Math.max(1, (all.at(-1)[0] - all[0][0]) / 300);
  const result = { steps: [], mean: [], least: [], most: [] };
  for (let i = 0; i < all.length; ) {
    const end = all[i][0] + width;
    let sum = 0, count = 0, least = Infinity, most = -Infinity, step = 0;
    for (; i < all.length && all[i][0] < end; i++, count++) {
      sum += all[i][1];
      least = Math.min(least, all[i][1]);
      most = Math.max(most, all[i][1]);
      step = all[i][0];
    }
    result.steps.push(step);
    result.mean.push(sum / count);
    result.least.push(least);
    result.most.push(most);
  }
  return result;
}

/** Without repeated steps, which a chart cannot tell apart: the last one counts. */
function distinct(curve) {
  const result = { steps: [], mean: [], least: [], most: [] };
  curve.steps.forEach((step, i) => {
    if (result.steps.at(-1) === step) for (const column of Object.values(result)) column.pop();
    result.steps.push(step);
    result.mean.push(curve.mean[i]);
    result.least.push(curve.least[i]);
    result.most.push(curve.most[i]);
  });
  return result;
}

/** The lines of a chart: what to draw, under which label, in which colour. */
export function lines(runs, definition) {
  const result = [];
  const several = runs.length > 1;
  runs.forEach((run, r) => {
    definition.metrics.forEach((metric, m) => {
      const bySource = run.curves(metric);
      const curves = bySource.size > MOST_SOURCES ? [['all ' + bySource.size, aggregate([...bySource.values()])]] : [...bySource];
      curves.forEach(([source, curve], s) => {
        if (!curve || !curve.steps.length) return;
        const points = distinct(curve);
        if (definition.spread && !several) widen(points, run.curves(definition.spread));
        const name = definition.labels?.[m] ?? metric.split('/')[1].replaceAll('-', ' ');
        const parts = [several && run.id, definition.metrics.length > 1 && name, curves.length > 1 && source].filter(Boolean);
        result.push({
          points, metric, band: !several,
          label: parts.join(' · ') || name,
          color: '--c' + ((several ? r : Math.max(m, 0) + (definition.metrics.length > 1 ? 0 : s)) % 8),
          dash: several && m ? [5, 4] : undefined,
        });
      });
    });
  });
  return result;
}

/** The band becomes one standard deviation to either side. */
function widen(points, deviations) {
  const deviation = [...deviations.values()][0];
  if (!deviation) return;
  const at = new Map(deviation.steps.map((step, i) => [step, deviation.mean[i]]));
  points.steps.forEach((step, i) => {
    const d = at.get(step);
    if (d != null && points.mean[i] != null) {
      points.least[i] = points.mean[i] - d;
      points.most[i] = points.mean[i] + d;
    }
  });
}

function marksPlugin(marks) {
  return {
    hooks: {
      draw: (u) => {
        const { ctx, bbox } = u;
        const ratio = devicePixelRatio || 1;
        ctx.save();
        for (const { steps, stroke, tall } of marks()) {
          const inView = steps.filter((s) => s >= u.scales.x.min && s <= u.scales.x.max);
          if (inView.length > MOST_MARKS) continue;
          ctx.strokeStyle = color(stroke);
          ctx.globalAlpha = tall ? 0.28 : 0.8;
          ctx.lineWidth = ratio;
          ctx.beginPath();
          for (const step of inView) {
            const x = Math.round(u.valToPos(step, 'x', true)) + 0.5;
            ctx.moveTo(x, bbox.top + (tall ? 0 : bbox.height - 6 * ratio));
            ctx.lineTo(x, bbox.top + bbox.height);
          }
          ctx.stroke();
        }
        ctx.restore();
      },
    },
  };
}

export class LineChart {
  /** definition: title, metrics, labels, log, spread, unit, means, worry, needs */
  constructor(definition, context) {
    this.definition = definition;
    this.context = context;
    this.plot = element('div', { class: 'plot', tabindex: 0, role: 'img' });
    this.keys = element('div', { class: 'keys' });
    this.latest = element('span', { class: 'latest' });
    this.empty = element('div', { class: 'empty' }, definition.needs ?? 'Nothing has been reported yet.');
    this.element = element('article', { class: 'card' },
      element('div', { class: 'head' }, element('h3', {}, definition.title), this.latest),
      this.plot, this.keys,
      element('p', { class: 'means', title: this.formulas() }, definition.means),
      alarm(definition.worry));
    this.plot.addEventListener('keydown', (event) => this.onKey(event));
    this.visible = false;
    new IntersectionObserver((entries) => {
      this.visible = entries.at(-1).isIntersecting;
      if (this.visible) this.update();
    }, { rootMargin: '200px' }).observe(this.element);
    new ResizeObserver(() => this.resize()).observe(this.plot);
    charts.add(this);
  }

  formulas() {
    const known = this.context.metrics;
    return this.definition.metrics.map((id) => known[id] ? `${id} (${known[id].unit}): ${known[id].formula}` : id).join('\n');
  }

  unit() {
    return this.context.metrics[this.definition.metrics[0]]?.unit ?? '';
  }

  update() {
    if (!this.visible) return;
    const drawn = lines(this.context.runs(), this.definition);
    if (!drawn.length) {
      this.destroy();
      this.plot.replaceChildren(this.empty);
      this.keys.replaceChildren();
      this.latest.textContent = '';
      return;
    }
    const shape = drawn.map((line) => line.label + line.color).join('|');
    const data = this.join(drawn);
    this.drawn = drawn;
    if (!this.chart || shape !== this.shape) {
      this.build(drawn, data);
      this.shape = shape;
    } else {
      this.chart.setData(data, false);
      this.applyZoom();
    }
    this.describe();
  }

  join(drawn) {
    const tables = drawn.map(({ points, band }) =>
      band ? [points.steps, points.mean, points.least, points.most] : [points.steps, points.mean]);
    const joined = uPlot.join(tables);
    return this.definition.log ? joined.map((column, i) => (i ? column.map((v) => (v > 0 ? v : null)) : column)) : joined;
  }

  build(drawn, data) {
    this.destroy();
    this.plot.replaceChildren();
    const series = [{}];
    const bands = [];
    for (const line of drawn) {
      const stroke = color(line.color);
      series.push({ label: line.label, stroke, width: 1.6, dash: line.dash, spanGaps: true, points: { show: line.points.steps.length < 30, size: 4, fill: stroke } });
      if (line.band) {
        const at = series.length;
        const hidden = { stroke: 'transparent', width: 0, spanGaps: true, points: { show: false } };
        series.push({ ...hidden }, { ...hidden });
        bands.push({ series: [at + 1, at], fill: stroke + '26' });
      }
    }
    const axis = { stroke: color('--muted'), grid: { stroke: color('--faint'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
    const unit = this.unit();
    this.chart = new uPlot({
      width: Math.max(200, this.plot.clientWidth), height: HEIGHT, series, bands,
      padding: [10, 14, 0, 0],
      scales: { x: { time: false }, y: { distr: this.definition.log ? 3 : 1, range: this.definition.log ? undefined : range(this.definition) } },
      axes: [{ ...axis, size: 26, gap: 4, space: 60, values: (u, ticks) => ticks.map(number) }, { ...axis, size: 54, values: (u, ticks) => ticks.map((v) => (v == null ? '' : withUnit(v, unit))) }],
      cursor: { sync: { key: 'steps' }, drag: { x: true, y: false }, points: { size: 6 } },
      legend: { show: false },
      plugins: [marksPlugin(() => this.context.marks())],
      hooks: {
        setCursor: [() => this.describe()],
        setSelect: [(u) => u.select.width > 4 && zoomTo([u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')])],
      },
    }, data, this.plot);
    this.chart.over.addEventListener('dblclick', () => zoomTo(null));
    this.applyZoom();
  }

  applyZoom() {
    if (!this.chart) return;
    const steps = this.chart.data[0];
    const [min, max] = zoom ?? [steps[0], steps.at(-1)];
    this.chart.setScale('x', { min, max: max > min ? max : min + 1 });
  }

  /** The key under the chart, with the values at the cursor or the newest ones. */
  describe() {
    if (!this.chart || !this.drawn) return;
    const at = this.chart.cursor.idx;
    const step = at == null ? null : this.chart.data[0][at];
    const unit = this.unit();
    const value = ({ points }) => {
      if (step == null) return points.mean.findLast((v) => v != null);
      let i = points.steps.length - 1;
      while (i > 0 && points.steps[i] > step) i--;
      return points.mean[i];
    };
    this.latest.textContent = step == null ? (unit ? unit : '') : 'step ' + Math.round(step).toLocaleString('en');
    this.keys.replaceChildren(...this.drawn.map((line) => {
      const key = element('span', { class: 'key' }, element('i'), line.label + ' ', element('b', {}, withUnit(value(line), unit)));
      key.firstChild.style.color = color(line.color);
      return key;
    }));
    const said = this.drawn.slice(0, 6).map((line) => `${line.label} ${withUnit(value(line), unit)}`).join(', ');
    this.plot.setAttribute('aria-label', `${this.definition.title}: ${said}. Arrow keys move along the steps.`);
  }

  onKey(event) {
    if (!this.chart || !['ArrowLeft', 'ArrowRight', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Escape') return zoomTo(null);
    const steps = this.chart.data[0];
    const now = this.chart.cursor.idx ?? steps.length - 1;
    const next = Math.min(steps.length - 1, Math.max(0, now + (event.key === 'ArrowLeft' ? -1 : 1)));
    this.chart.setCursor({ left: this.chart.valToPos(steps[next], 'x'), top: 20 });
  }

  resize() {
    if (this.chart && this.plot.clientWidth > 0 && Math.abs(this.chart.width - this.plot.clientWidth) > 1) {
      this.chart.setSize({ width: this.plot.clientWidth, height: HEIGHT });
    }
  }

  rebuild() {
    this.shape = null;
    this.update();
  }

  destroy() {
    this.chart?.destroy();
    this.chart = null;
  }
}

/** From zero where that is the natural floor, with a little room. */
function range(definition) {
  return (u, min, max) => {
    if (min == null || max == null) return [0, 1];
    const room = (max - min || Math.abs(max) || 1) * 0.06;
    const low = definition.zero && min >= 0 ? 0 : min - room;
    return [low, max + room];
  };
}

/** Curves that are not over the learner's steps: names, and points of each. */
export class FreeChart {
  constructor(definition) {
    this.definition = definition;
    this.plot = element('div', { class: 'plot', role: 'img', 'aria-label': definition.title });
    this.keys = element('div', { class: 'keys' });
    this.latest = element('span', { class: 'latest' });
    this.element = element('article', { class: 'card' },
      element('div', { class: 'head' }, element('h3', {}, definition.title), this.latest),
      this.plot, this.keys,
      element('p', { class: 'means' }, definition.means),
      alarm(definition.worry));
    this.plot.append(element('div', { class: 'empty' }, definition.needs));
    new ResizeObserver(() => this.chart && this.plot.clientWidth > 0 && this.chart.setSize({ width: this.plot.clientWidth, height: HEIGHT })).observe(this.plot);
    charts.add(this);
  }

  applyZoom() {}

  rebuild() {
    if (this.curves) this.draw(this.curves);
  }

  /** curves: [{label, xs, ys, color, alpha}] */
  draw(curves) {
    this.curves = curves;
    if (!curves.length) return;
    this.chart?.destroy();
    this.plot.replaceChildren();
    const axis = { stroke: color('--muted'), grid: { stroke: color('--faint'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
    const strokes = curves.map((c) => color(c.color) + (c.alpha ?? ''));
    this.chart = new uPlot({
      width: Math.max(200, this.plot.clientWidth), height: HEIGHT, padding: [10, 14, 0, 0], legend: { show: false },
      series: [{}, ...strokes.map((stroke) => ({ stroke, width: 1.6, spanGaps: true, points: { show: false } }))],
      scales: { x: { time: false }, y: { distr: this.definition.log ? 3 : 1 } },
      axes: [{ ...axis, size: 26, gap: 4, space: 60, values: (u, ticks) => ticks.map(number) }, { ...axis, size: 54, values: (u, ticks) => ticks.map((v) => (v == null ? '' : number(v))) }],
      cursor: { drag: { x: false, y: false } },
    }, uPlot.join(curves.map((c) => [c.xs, this.definition.log ? c.ys.map((y) => (y > 0 ? y : null)) : c.ys])), this.plot);
    this.keys.replaceChildren(...curves.map((c, i) => {
      const key = element('span', { class: 'key' }, element('i'), c.label + ' ', element('b', {}, number(c.ys.findLast((y) => y != null))));
      key.firstChild.style.color = strokes[i];
      return key;
    }));
  }
}
