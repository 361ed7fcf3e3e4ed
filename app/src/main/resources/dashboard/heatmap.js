// Heat maps on a canvas: a probe's tables over the steps, or one of them.
import { card } from './axes.js';
import { color, element, number } from './format.js';
import { onView, view, zoomTo } from './view.js';

const LEFT = 54, BOTTOM = 22, TOP = 8, RIGHT = 14, HEIGHT = 260, LARGEST_SQUARE = 246;
const LEAST_POWER = -6, MOST_POWER = 1; // densities shown, as powers of ten
const maps = new Set();

export function redrawMaps() {
  for (const map of maps) map.draw();
}

function rgb(name) {
  const hex = color(name).slice(1);
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

function mix(a, b, t) {
  return a.map((x, i) => Math.round(x + (b[i] - x) * t));
}

class HeatMap {
  constructor(definition) {
    Object.assign(this, card(definition));
    this.canvas = element('canvas', { class: 'heat' });
    this.scale = element('span', { class: 'scale' });
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.plot);
    maps.add(this);
  }

  has(data) {
    this.element.classList.toggle('missing', !data);
  }

  /** A context in CSS pixels, cleared; null while there is nothing to draw. */
  begin(height) {
    const width = this.plot.clientWidth;
    if (!this.data || width < 50) return null;
    if (this.canvas.parentNode !== this.plot) this.plot.replaceChildren(this.canvas);
    const ratio = devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.style.height = height + 'px';
    const context = this.canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.font = '11px system-ui, "DejaVu Sans", sans-serif';
    return { context, width, height };
  }

  /** What the colours mean: a bar of them between two words. */
  legend(from, shades, to) {
    if (this.scale.parentNode !== this.keys) this.keys.replaceChildren(this.scale);
    const bar = element('i');
    bar.style.background = `linear-gradient(90deg, ${shades.map((shade) => `rgb(${shade})`).join(', ')})`;
    this.scale.replaceChildren(from, bar, to);
  }

  remove() {
    this.resizes.disconnect();
    this.endView?.();
    maps.delete(this);
    this.element.remove();
  }
}

/** Eigenvalue density: steps to the right like everywhere, eigenvalues upwards on a signed logarithmic axis. */
export class DensityMap extends HeatMap {
  constructor(definition) {
    super({ ...definition, unit: 'eigenvalue', wide: true });
    this.endView = onView(() => this.draw());
    this.canvas.addEventListener('dblclick', () => zoomTo(null));
  }

  /** tables: [{step, rows: [[eigenvalue, density]]}] */
  show(tables) {
    this.data = tables.length ? tables : null;
    this.draw();
  }

  draw() {
    const begun = this.begin(HEIGHT);
    if (!begun) return;
    const { context, width, height } = begun;
    const extremes = this.data.flatMap((t) => [t.rows[0]?.[0] ?? 0, t.rows.at(-1)?.[0] ?? 0]);
    const largest = Math.max(...extremes.map(Math.abs), 1e-12);
    const linear = largest / 1000; // linear around zero, logarithmic beyond
    const squash = (v) => Math.asinh(v / linear);
    const low = squash(Math.min(...extremes)), high = squash(Math.max(...extremes));
    const rows = height - TOP - BOTTOM;
    const [from, to] = view();
    const x = (step) => LEFT + ((step - from) / (to - from)) * (width - LEFT - RIGHT);
    const shades = this.shades();
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP, width - LEFT - RIGHT, rows);
    context.clip();
    this.data.forEach((table, i) => {
      const [left, right] = this.edges(i, to).map(x);
      for (let y = 0; y < rows; y += 2) {
        const eigenvalue = linear * Math.sinh(high - ((y + 1) / rows) * (high - low));
        const t = (Math.log10(Math.max(at(table.rows, eigenvalue), 1e-9)) - LEAST_POWER) / (MOST_POWER - LEAST_POWER);
        context.fillStyle = `rgb(${shades[Math.round(Math.min(1, Math.max(0, t)) * (shades.length - 1))]})`;
        context.fillRect(left, TOP + y, Math.max(1, right - left) + 0.5, 2);
      }
    });
    context.restore();
    this.axes(context, width, height, rows, x, squash, linear, low, high, largest);
    this.legend('density 10⁻⁶', shades.filter((_, i) => i % 8 === 0), '10 per unit of eigenvalue');
    const last = this.data.at(-1);
    this.latest.textContent = `step ${last.step.toLocaleString('en')}: ${number(last.rows[0][0])} to ${number(last.rows.at(-1)[0])}`;
  }

  /** Colours from least to most. */
  shades() {
    const [ground, ink] = [rgb('--card'), rgb('--c0')];
    const deep = mix(ink, rgb('--ink'), 0.6);
    return Array.from({ length: 65 }, (_, i) => (i < 39 ? mix(ground, ink, i / 39) : mix(ink, deep, (i - 39) / 25)));
  }

  /** A snapshot's cell reaches from its step to the next snapshot. */
  edges(i, to) {
    const steps = this.data.map((table) => table.step);
    const last = steps.length > 1 ? (steps.at(-1) - steps[0]) / (steps.length - 1) : to;
    return [steps[i], steps[i + 1] ?? Math.max(steps[i] + last, steps[i] + 1)];
  }

  axes(context, width, height, rows, x, squash, linear, low, high, largest) {
    context.fillStyle = color('--muted');
    context.textAlign = 'right';
    const ticks = [0];
    for (let v = largest; v > linear; v /= 10) {
      const tick = 10 ** Math.floor(Math.log10(v));
      ticks.push(tick, -tick);
    }
    const taken = [];
    for (const tick of ticks) {
      const y = TOP + ((high - squash(tick)) / (high - low)) * rows;
      if (y < TOP || y > TOP + rows || taken.some((other) => Math.abs(other - y) < 13)) continue;
      taken.push(y);
      context.fillText(number(tick), LEFT - 8, y + 4);
    }
    context.textAlign = 'center';
    const [from, to] = view();
    const rough = (to - from) / Math.max(2, Math.floor((width - LEFT) / 110));
    const power = 10 ** Math.floor(Math.log10(rough));
    const every = power * [1, 2, 5, 10].find((m) => m * power >= rough);
    for (let step = Math.ceil(from / every) * every; step <= to; step += every) {
      context.fillText(number(step), Math.min(width - 16, x(step)), height - 5);
    }
  }
}

/** The density at an eigenvalue, between the rows around it. */
function at(rows, eigenvalue) {
  let low = 0, high = rows.length - 1;
  if (high < 1 || eigenvalue < rows[0][0] || eigenvalue > rows[high][0]) return 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rows[middle][0] <= eigenvalue) low = middle;
    else high = middle;
  }
  const t = (eigenvalue - rows[low][0]) / (rows[high][0] - rows[low][0] || 1);
  return rows[low][1] + t * (rows[high][1] - rows[low][1]);
}

/** Cosines of gradients: one matrix, chosen by step. */
export class CosineMap extends HeatMap {
  constructor(definition) {
    super({ ...definition, unit: 'examples, ordered by cluster' });
    this.range = element('input', { type: 'range', min: 0, max: 0, value: 0, 'aria-label': 'Step of the matrix' });
    this.range.addEventListener('input', () => this.draw());
    this.slider = element('label', { class: 'slider', hidden: true }, 'step', this.range);
    this.plot.after(this.slider);
  }

  show(tables) {
    if (!tables.length) return;
    const atEnd = !this.data || Number(this.range.value) === Number(this.range.max);
    this.data = tables;
    this.range.max = tables.length - 1;
    if (atEnd) this.range.value = tables.length - 1;
    this.slider.hidden = tables.length < 2;
    this.draw();
  }

  draw() {
    const begun = this.begin(Math.min(LARGEST_SQUARE, this.plot.clientWidth));
    if (!begun) return;
    const { context, width, height } = begun;
    const { step, rows } = this.data[Number(this.range.value)];
    const image = new OffscreenCanvas(rows.length, rows.length);
    const pixels = new ImageData(rows.length, rows.length);
    const shade = this.shade();
    rows.forEach((row, i) => row.forEach((cosine, j) => pixels.data.set([...shade(cosine), 255], 4 * (i * rows.length + j))));
    image.getContext('2d').putImageData(pixels, 0, 0);
    const size = Math.min(width, height);
    context.imageSmoothingEnabled = false;
    context.drawImage(image, (width - size) / 2, 0, size, size);
    this.legend('−1', Array.from({ length: 33 }, (_, i) => shade(i / 16 - 1)), '1');
    this.latest.textContent = `step ${step.toLocaleString('en')}`;
  }

  /** The colour of a cosine. The root tells small ones apart, which most are. */
  shade() {
    const [zero, positive, negative, none] = ['--card', '--positive', '--negative', '--muted'].map(rgb);
    return (cosine) => (cosine == null ? none : mix(zero, cosine > 0 ? positive : negative, Math.sqrt(Math.min(1, Math.abs(cosine)))));
  }
}
