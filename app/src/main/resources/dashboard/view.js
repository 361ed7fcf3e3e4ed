// Which steps all charts show: the whole run, or what somebody zoomed into. All have the same axis, so that what lies
// above each other happened at the same time.
const listeners = new Set();
let zoom = null; // [from, to] in steps, or null for everything
let newest = 0;

/** Calls back whenever the view changes; returns how to end that. */
export function onView(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The steps shown, from and to. */
export function view() {
  return zoom ?? [0, Math.max(1, newest)];
}

/** Shows these steps only; null for everything. */
export function zoomTo(range) {
  zoom = range && range[1] > range[0] ? range : null;
  for (const listener of listeners) listener();
}

/** Halves (factor 0.5) or doubles (2) what is shown, around a step. */
export function zoomBy(factor, around) {
  const [from, to] = view();
  const width = (to - from) * factor;
  const start = Math.max(0, around - ((around - from) / (to - from || 1)) * width);
  zoomTo(start + width >= newest && start === 0 ? null : [start, start + width]);
}

/** Says how far the runs have got. */
export function reach(step) {
  newest = step;
}
