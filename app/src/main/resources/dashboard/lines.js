// From runs to the lines of one chart.
const MOST_SOURCES = 4;

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

/** What to draw, under which label, in which colour; many sources become their mean, with a band from least to most. */
export function lines(runs, definition) {
  const result = [];
  const several = runs.length > 1;
  runs.forEach((run, r) => {
    definition.metrics.forEach((metric, m) => {
      const bySource = run.curves(metric);
      const many = bySource.size > MOST_SOURCES;
      const curves = many ? [['', aggregate([...bySource.values()])]] : [...bySource];
      curves.forEach(([source, curve], s) => {
        if (!curve || !curve.steps.length) return;
        const points = distinct(curve);
        if (definition.spread && !several) widen(points, run.curves(definition.spread));
        const name = definition.labels?.[m] ?? metric.split('/')[1].replaceAll('-', ' ');
        const parts = [several && run.id, (definition.metrics.length > 1 || many) && name, many && `mean of ${bySource.size}`, curves.length > 1 && source];
        result.push({
          points, metric, band: !several,
          label: parts.filter(Boolean).join(' · ') || name,
          color: '--c' + ((several ? r : m + (definition.metrics.length > 1 ? 0 : s)) % 8),
          dash: several && m ? [[5, 4], [2, 3], [8, 3, 2, 3]][(m - 1) % 3] : undefined,
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
