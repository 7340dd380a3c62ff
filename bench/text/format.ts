/** Figures for readers: three or four digits, and a unit. */

const UNKNOWN = '–';

/** 217 k, 1.24 M; small numbers whole. */
export function compact(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value >= 999.5e3) return `${digits(value / 1e6)}M`;
  return value >= 9999.5 ? `${digits(value / 1e3)}k` : Math.round(value).toLocaleString('en');
}

export function whole(value: number | null): string {
  return value === null ? UNKNOWN : Math.round(value).toLocaleString('en');
}

/** Microseconds as µs, ms or s. */
export function time(us: number | null): string {
  if (us === null) return UNKNOWN;
  if (us === 0) return '0 µs'; // exact, so digits after the point would only be read as a rounded value
  if (us >= 999.5e3) return `${digits(us / 1e6)} s`;
  return us >= 999.5 ? `${digits(us / 1e3)} ms` : `${digits(us)} µs`;
}

/** Milliseconds as µs, ms or s. */
export function timeOfMs(ms: number | null): string {
  return time(ms === null ? null : ms * 1e3);
}

export function fixed(value: number | null, places: number): string {
  return value === null ? UNKNOWN : value.toFixed(places);
}

/** Rounded, it would be 1024: one of the next unit. */
const NEARLY = 1023.5;

export function bytes(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value >= NEARLY * 2 ** 20) return `${digits(value / 2 ** 30)} GiB`;
  if (value >= NEARLY * 2 ** 10) return `${digits(value / 2 ** 20)} MiB`;
  return value >= NEARLY ? `${digits(value / 2 ** 10)} KiB` : `${Math.round(value)} B`;
}

/** Of one CPU: 0.97 is 97 %. */
export function share(value: number | null): string {
  return value === null ? UNKNOWN : `${Math.round(value * 100)}%`;
}

function digits(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

/** 1 request, 1,234 requests. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`;
}
