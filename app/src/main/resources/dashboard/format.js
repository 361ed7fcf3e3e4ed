// Numbers and times for people.

const SUFFIX = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']];

/** At most four significant digits. */
export function number(value) {
  if (value == null || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e12 || size < 1e-4) return value.toExponential(2);
  for (const [unit, suffix] of SUFFIX) {
    if (size >= unit * 10 || (unit > 1e3 && size >= unit)) return trim(value / unit) + suffix;
  }
  return trim(value);
}

function trim(value) {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  const digits = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
  return value.toFixed(digits).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

export function whole(value) {
  return value == null ? '–' : Math.round(value).toLocaleString('en');
}

/** Bytes with binary units. */
export function bytes(value) {
  if (value == null) return '–';
  for (const [power, unit] of [[30, 'GiB'], [20, 'MiB'], [10, 'KiB']]) {
    if (value >= 2 ** power) return trim(value / 2 ** power) + ' ' + unit;
  }
  return value + ' B';
}

export function withUnit(value, unit) {
  if (unit === 'bytes') return bytes(value);
  if (unit === 'fraction') return value == null ? '–' : number(value * 100) + ' %';
  return number(value);
}

export function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return seconds + ' s ago';
  if (seconds < 7200) return Math.round(seconds / 60) + ' min ago';
  return seconds < 172_800 ? Math.round(seconds / 3600) + ' h ago' : Math.round(seconds / 86_400) + ' days ago';
}

/** An element with attributes and children; text is always text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'class') made.className = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/** When to worry about a chart; null where nothing is said. */
export function alarm(worry) {
  return worry ? element('p', { class: 'alarm' }, element('b', {}, 'Worry when '), worry) : null;
}

export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
