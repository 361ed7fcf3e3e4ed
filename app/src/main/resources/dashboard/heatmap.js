// Small heat maps on a canvas.
import { alarm, color, element, number } from './format.js';

const LEFT = 54, BOTTOM = 22, TOP = 8, RIGHT = 8, HEIGHT = 260;
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
  constructor(title, means, worry, needs) {
    this.canvas = element('canvas', { class: 'heat', role: 'img', 'aria-label': title });
    this.latest = element('span', { class: 'latest' });
    this.holder = element('div', { class: 'plot' }, element('div', { class: 'empty' }, needs));
    this.element = element('article', { class: 'card wide' },
      element('div', { class: 'head' }, element('h3', {}, title), this.latest),
      this.holder, element('p', { class: 'means' }, means), alarm(worry));
    new ResizeObserver(() => this.draw()).observe(this.holder);
    maps.add(this);
  }

  /** A context in CSS pixels, cleared; null while there is nothing to draw. */
  begin(height) {
    const width = this.holder.clientWidth;
    if (!this.data || width < 50) return null;
    if (this.canvas.parentNode !== this.holder) this.holder.replaceChildren(this.canvas);
    const ratio = devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.style.height = height + 'px';
    const context = this.canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.font = '11px system-ui, sans-serif';
    return { context, width, height };
  }
}

/** Eigenvalue density: steps to the right, eigenvalues upwards on a signed logarithmic axis. */
export class DensityMap extends HeatMap {
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
    const columns = this.data.length;
    const cell = (width - LEFT - RIGHT) / columns;
    const [ground, ink] = [rgb('--card'), rgb('--c0')];
    const deep = mix(ink, rgb('--ink'), 0.35);
    this.data.forEach((table, c) => {
      for (let y = 0; y < rows; y += 2) {
        const eigenvalue = linear * Math.sinh(high - ((y + 1) / rows) * (high - low));
        const t = Math.min(1, Math.max(0, (Math.log10(Math.max(at(table.rows, eigenvalue), 1e-9)) + 6) / 7));
        const shade = t < 0.6 ? mix(ground, ink, t / 0.6) : mix(ink, deep, (t - 0.6) / 0.4);
        context.fillStyle = `rgb(${shade})`;
        context.fillRect(LEFT + c * cell, TOP + y, Math.ceil(cell) + 0.5, 2);
      }
    });
    this.axes(context, width, height, rows, squash, linear, low, high, largest);
    const last = this.data.at(-1);
    this.latest.textContent = `step ${last.step.toLocaleString('en')}: ${number(last.rows[0][0])} to ${number(last.rows.at(-1)[0])}`;
  }

  axes(context, width, height, rows, squash, linear, low, high, largest) {
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
    const columns = this.data.length;
    const shown = Math.min(columns, Math.max(2, Math.floor((width - LEFT) / 90)));
    for (let i = 0; i < shown; i++) {
      const c = shown === 1 ? 0 : Math.round((i * (columns - 1)) / (shown - 1));
      const x = LEFT + ((c + 0.5) * (width - LEFT - RIGHT)) / columns;
      context.fillText(number(this.data[c].step), Math.min(width - 20, x), height - 5);
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
  constructor(...texts) {
    super(...texts);
    this.element.classList.remove('wide');
    this.range = element('input', { type: 'range', min: 0, max: 0, value: 0, 'aria-label': 'Step of the matrix' });
    this.range.addEventListener('input', () => this.draw());
    this.slider = element('label', { class: 'slider', hidden: true }, 'step', this.range);
    this.holder.after(this.slider);
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
    const begun = this.begin(Math.min(320, this.holder.clientWidth));
    if (!begun) return;
    const { context, width, height } = begun;
    const { step, rows } = this.data[Number(this.range.value)];
    const image = new OffscreenCanvas(rows.length, rows.length);
    const pixels = new ImageData(rows.length, rows.length);
    const [zero, positive, negative] = [rgb('--card'), rgb('--c4'), rgb('--c0')];
    rows.forEach((row, i) => row.forEach((cosine, j) => {
      const shade = cosine == null ? rgb('--muted') : mix(zero, cosine > 0 ? positive : negative, Math.sqrt(Math.min(1, Math.abs(cosine))));
      pixels.data.set([...shade, 255], 4 * (i * rows.length + j));
    }));
    image.getContext('2d').putImageData(pixels, 0, 0);
    const size = Math.min(width, height);
    context.imageSmoothingEnabled = false;
    context.drawImage(image, (width - size) / 2, 0, size, size);
    this.latest.textContent = `step ${step.toLocaleString('en')}, ${rows.length} examples`;
  }
}
