// What all charts share: their card, their axes, and the marks of what happened.
import { alarm, color, element, number, withUnit } from './format.js';

export const HEIGHT = 190;
export const MOST_MARKS = 120;
const BYTE_STEPS = Array.from({ length: 36 }, (_, i) => 2 ** (i + 8));

/** An article with a title, a place for the drawing, keys, and what it means. */
export function card(definition, formulas) {
  const parts = {
    plot: element('div', { class: 'plot', tabindex: 0, role: 'img', 'aria-label': definition.title }),
    keys: element('div', { class: 'keys' }),
    latest: element('span', { class: 'latest' }),
    unit: element('div', { class: 'unit' }, definition.unit === 's' ? 'seconds' : definition.unit ?? ''),
    empty: element('div', { class: 'empty' }, definition.needs ?? 'Nothing has been reported yet.'),
  };
  parts.element = element('article', { class: 'card missing' + (definition.wide ? ' wide' : '') },
    element('div', { class: 'head' }, element('h3', {}, definition.title), parts.latest),
    parts.unit, parts.plot, parts.keys,
    element('p', { class: 'means', title: formulas }, definition.means),
    alarm(definition.worry));
  parts.plot.append(parts.empty);
  return parts;
}

/** Steps (or whatever the curves go over) below, values at the left; only values have lines, steps have marks. */
export function axes(unit, log) {
  const axis = { stroke: color('--muted'), ticks: { show: false }, font: '11px system-ui, "DejaVu Sans", sans-serif' };
  const grid = { stroke: color('--faint'), width: 1 };
  const values = { ...axis, size: unit === 'bytes' ? 66 : 54, values: (u, ticks) => ticks.map((v) => (v == null ? '' : withUnit(v, unit))) };
  if (unit === 'bytes') values.incrs = BYTE_STEPS;
  if (log) values.filter = few;
  return [
    { ...axis, grid: { show: false }, size: 26, gap: 4, space: 60, values: (u, ticks) => ticks.map(number) },
    { ...values, grid: log ? { ...grid, filter: few } : grid },
  ];
}

/** Of a logarithmic axis: powers of ten, every other one where they are many, and 2 and 5 between where they are few. */
function few(u, splits) {
  const power = (v) => Math.log10(v) - Math.floor(Math.log10(v) + 1e-9);
  const tens = splits.filter((v) => Math.abs(power(v)) < 1e-6);
  if (tens.length < 3) return splits.map((v) => ([0, Math.log10(2), Math.log10(5)].some((p) => Math.abs(power(v) - p) < 1e-6) ? v : null));
  const every = Math.ceil(tens.length / 7);
  const kept = new Set(tens.filter((v, i) => i % every === 0));
  return splits.map((v) => (kept.has(v) ? v : null));
}

const SHAPES = {
  triangle: (ctx, x, y, r) => { ctx.moveTo(x - r, y); ctx.lineTo(x + r, y); ctx.lineTo(x, y + 1.6 * r); },
  diamond: (ctx, x, y, r) => { ctx.moveTo(x, y); ctx.lineTo(x + r, y + r); ctx.lineTo(x, y + 2 * r); ctx.lineTo(x - r, y + r); },
  circle: (ctx, x, y, r) => ctx.arc(x, y + r, r, 0, 2 * Math.PI),
};

/** Draws a line of full height under a shape for each event, a short one at the axis for what is routine. */
export function marksPlugin(marks) {
  return { hooks: { draw: (u) => marks().forEach((mark) => drawMarks(u, mark)) } };
}

function drawMarks(u, { steps, stroke, shape }) {
  const inView = steps.filter((s) => s >= u.scales.x.min && s <= u.scales.x.max);
  if (inView.length > MOST_MARKS) return;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.setLineDash([]); // that of the last curve is still set
  ctx.strokeStyle = ctx.fillStyle = color(stroke);
  ctx.lineWidth = ratio;
  const xs = inView.map((step) => Math.round(u.valToPos(step, 'x', true)) + 0.5);
  ctx.globalAlpha = shape ? 0.35 : 0.7;
  ctx.beginPath();
  for (const x of xs) {
    ctx.moveTo(x, bbox.top + (shape ? 0 : bbox.height - 5 * ratio));
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  if (shape) {
    ctx.globalAlpha = 1;
    for (const x of xs) {
      ctx.beginPath();
      SHAPES[shape](ctx, x, bbox.top - 6 * ratio, 3.2 * ratio);
      ctx.fill();
    }
  }
  ctx.restore();
}

/** A key of a curve: its colour, its name, a value. */
export function key(stroke, label, value, dashed) {
  const made = element('span', { class: 'key' + (dashed ? ' dashed' : '') }, element('i'), label + ' ', element('b', {}, value));
  made.firstChild.style.color = stroke;
  return made;
}
