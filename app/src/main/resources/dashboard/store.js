// What the server has told, by run; kept up to date by server-sent events.

let skew = 0; // milliseconds that the server's clock is ahead of this one

/** Milliseconds since 1970 by the server's clock, which reports are stamped with. */
export function now() {
  return Date.now() + skew;
}

class Run {
  constructor(id) {
    this.id = id;
    this.reset();
  }

  reset() {
    this.series = new Map(); // metric -> Map(source -> {steps, mean, least, most})
    this.sources = new Map();
    this.notes = [];
    this.step = 0;
    this.status = 'loading';
    this.detail = '';
    this.incarnation = '';
  }

  /** Takes an update; returns the metrics that changed. */
  apply(update) {
    if (update.since === 0 || update.incarnation !== this.incarnation) this.reset();
    this.incarnation = update.incarnation;
    Object.assign(this, { step: update.step, status: update.status, detail: update.detail });
    const changed = new Set();
    for (const [metric, source, from, buckets] of update.series) {
      this.replace(metric, source, from, buckets);
      changed.add(metric);
    }
    for (const [source, time, step] of update.sources) this.sources.set(source, { time, step });
    for (const [version, time, step, kind, text] of update.notes) {
      if (!this.notes.some((note) => note.version === version)) this.notes.push({ version, time, step, kind, text });
    }
    return changed;
  }

  replace(metric, source, from, buckets) {
    if (!this.series.has(metric)) this.series.set(metric, new Map());
    const bySource = this.series.get(metric);
    let curve = bySource.get(source);
    if (!curve) bySource.set(source, (curve = { steps: [], mean: [], least: [], most: [] }));
    for (const column of Object.values(curve)) column.length = from;
    for (const [step, mean, least, most] of buckets) {
      curve.steps.push(step);
      curve.mean.push(mean);
      curve.least.push(least ?? mean);
      curve.most.push(most ?? mean);
    }
  }

  curves(metric) {
    return this.series.get(metric) ?? new Map();
  }

  /** Mean over the sources of their last values; undefined if there is none. */
  latest(metric) {
    const values = [...this.curves(metric).values()].map((c) => c.mean.at(-1)).filter((v) => v != null);
    return values.length ? values.reduce((a, b) => a + b) / values.length : undefined;
  }

  first(metric) {
    const curve = [...this.curves(metric).values()][0];
    return curve?.mean.find((value) => value != null);
  }

  /** Whether anything of this group was reported. */
  measured(group) {
    return [...this.series.keys()].some((metric) => metric.startsWith(group + '/'));
  }

  /** Where a curve of alert/firing begins to fire. */
  alertSteps(curve) {
    return curve.steps.filter((step, i) => curve.mean[i] > 0 && !(curve.mean[i - 1] > 0));
  }
}

export class Store {
  constructor(onChange, onConnection) {
    this.runs = new Map();
    this.onChange = onChange;
    this.onConnection = onConnection;
    this.changed = new Set();
    this.scheduled = false;
  }

  /** Watches these runs and no others. */
  watch(ids) {
    this.source?.close();
    this.runs = new Map(ids.map((id) => [id, new Run(id)]));
    const query = ids.map((id) => 'run=' + encodeURIComponent(id)).join('&');
    this.source = new EventSource('api/stream?' + query);
    this.source.onopen = () => this.onConnection('live');
    this.source.onerror = () => this.onConnection('lost');
    this.source.onmessage = (event) => this.take(JSON.parse(event.data));
  }

  take(update) {
    const run = this.runs.get(update.run);
    if (!run) return;
    for (const metric of run.apply(update)) this.changed.add(metric);
    if (!this.scheduled) {
      this.scheduled = true;
      requestAnimationFrame(() => {
        this.scheduled = false;
        const changed = this.changed;
        this.changed = new Set();
        this.onChange(changed);
      });
    }
  }
}

export async function json(path) {
  const response = await fetch(path, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(path + ': ' + response.status);
  const date = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isFinite(date)) skew = date - Date.now();
  return response.json();
}

/** A text; empty where there is none. */
export async function text(path) {
  const response = await fetch(path, { credentials: 'same-origin' });
  return response.ok ? response.text() : '';
}

export function table(run, probe, name, steps, rows) {
  return json(`api/runs/${run}/tables/${probe}/${name}?steps=${steps}&rows=${rows}`);
}
