// Parsers of option values. Pure: a parser doesn't know its option's name; `option` adds it to errors.

import { isIPv4, isIPv6 } from 'node:net';
import type { Lifetime } from '../../lib/schema/lifetime.js';
import { closest } from './closest.js';
import { refuse, shown, UsageError } from './usage-error.js';

/** Parses the text of an option; throws `UsageError`. */
export type Parser<T> = (text: string) => T;

/** Where a running server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The same parser; its errors begin with the option's name. */
export function option<T>(name: string, parse: Parser<T>): Parser<T> {
  return prefixed(`${name} `, parse);
}

/** The same parser; its errors begin with `prefix`. */
export function prefixed<T>(prefix: string, parse: Parser<T>): Parser<T> {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`${prefix}${error.message}`) : error;
    }
  };
}

/** Decimal digits only, because Number() also accepts '', '0x10', '1e9' and ' 5'. */
export function wholeNumber(low: number, high: number): Parser<number> {
  const allowed = `${low} to ${high}`;
  return (text) => {
    if (!/^\d+$/.test(text)) refuse(text, 'not a whole number', allowed);
    const value = Number(text);
    if (value < low) refuse(text, 'too small', allowed);
    if (value > high) refuse(text, 'too large', allowed);
    return value;
  };
}

const MOST_PER_SECOND = 100_000_000;

/** A directory to write to. */
export const directory = path('a new or empty directory');
/** A directory to read from. */
export const existing = path('the directory of a run');

function path(allowed: string): Parser<string> {
  return (text) => (text.trim() === '' ? refuse(text, 'not a directory', allowed) : text);
}

/** `50000` or `50000/s`. */
export function messageRate(text: string): number {
  const allowed = `1 to ${MOST_PER_SECOND}, e.g. 50000 or 50000/s`;
  if (!/^\d+(\/s)?$/.test(text)) refuse(text, 'not a rate', allowed);
  const rate = Number.parseInt(text, 10);
  if (rate < 1 || rate > MOST_PER_SECOND) refuse(text, 'out of range', allowed);
  return rate;
}

/** `3%` or `0.5%` → 0.03, 0.005. */
export function percentage(text: string): number {
  const allowed = '0.1% to 50%';
  if (!/^\d+(\.\d+)?%$/.test(text)) refuse(text, 'not a percentage', allowed);
  const share = Number.parseFloat(text) / 100;
  if (share < 0.001 || share > 0.5) refuse(text, 'out of range', allowed);
  return share;
}

/** A date and time with a time zone → ms since the epoch. */
export function instant(text: string): number {
  const allowed = 'a date and time with a time zone, e.g. 2030-01-01T12:00:00Z';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text))
    refuse(text, 'not a time', allowed);
  const at = Date.parse(text);
  if (Number.isNaN(at)) refuse(text, 'this time does not exist', allowed);
  return at;
}

/** Comma-separated values. Throws for equal values, even if they are spelled differently. */
export function list<T>(parse: Parser<T>): Parser<readonly T[]> {
  return (text) => {
    const seen = new Set<string>();
    return text.split(',').map((item) => {
      if (item === '') refuse(text, 'empty item', 'one value, or several separated by commas');
      const value = parse(item);
      const identity = JSON.stringify(value);
      if (seen.has(identity)) {
        const wrong = `${shown(item)} is listed twice`;
        refuse(text, wrong, 'each value once');
      }
      seen.add(identity);
      return value;
    });
  };
}

const NANOSECONDS: ReadonlyMap<string, number> = new Map([
  ['us', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
]);
const LONGEST_NS = 3600e9;
const SPANS = 'a number with us, ms, s or m, up to 60m';
const DURATIONS = `0, or ${SPANS}`;

/** A duration in nanoseconds, from 0 to one hour. */
export function duration(text: string): number {
  return spanOf(text, DURATIONS);
}

/** A duration in nanoseconds, more than 0, up to one hour. */
export function positiveDuration(text: string): number {
  const ns = spanOf(text, SPANS);
  if (ns < 1) refuse(text, 'too small', SPANS);
  return ns;
}

function spanOf(text: string, allowed: string): number {
  const ns = nanoseconds(text);
  if (ns <= LONGEST_NS) return ns;
  if (ns > LONGEST_NS) refuse(text, 'too long', allowed);
  refuse(text, /^\d+(\.\d+)?$/.test(text) ? 'has no unit' : 'not a duration', allowed);
}

// NaN if the text isn't a duration, so that every comparison with a bound is false.
function nanoseconds(text: string): number {
  if (text === '0') return 0;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s|m)$/.exec(text) ?? [];
  return Math.round(Number(number) * (NANOSECONDS.get(unit) ?? Number.NaN));
}

const LIFETIMES = '0, 5s, uniform:1s-10s or exp:5s, with times up to 60m';

/** The lifetime of connections. */
export function lifetime(text: string): Lifetime {
  const [, kind, times = ''] = /^(?:(uniform|exp):)?(.*)$/.exec(text) ?? [];
  const spans = times.split('-').map(nanoseconds);
  const [low = 0, high = low] = spans;
  if (spans.length !== (kind === 'uniform' ? 2 : 1) || !spans.every((ns) => ns <= LONGEST_NS)) {
    refuse(text, 'not a lifetime', LIFETIMES);
  }
  if (low > high) refuse(text, 'lower bound above the upper bound', LIFETIMES);
  if (kind === 'uniform') return { kind, lowNs: low, highNs: high };
  if (kind === 'exp' && low === 0) refuse(text, 'the mean is 0', LIFETIMES);
  if (kind === 'exp') return { kind: 'exponential', meanNs: low };
  return low === 0 ? { kind: 'none' } : { kind: 'fixed', ns: low };
}

/** Units of bytes and their sizes. */
export const BYTES: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['kB', 1e3],
  ['KiB', 2 ** 10],
  ['MB', 1e6],
  ['MiB', 2 ** 20],
  ['GB', 1e9],
  ['GiB', 2 ** 30],
]);
const LARGEST_TRANSFER = 2 ** 40;
const BYTE_SIZES = `a whole number with ${[...BYTES.keys()].join(', ')}, from 1B to 1024GiB`;

/** A number of bytes with its unit: `64KiB`. */
export function byteSize(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(text) ?? [];
  if (digits === undefined) refuse(text, 'not a size', BYTE_SIZES);
  const each = BYTES.get(unit);
  if (each === undefined)
    return refuse(text, unit === '' ? 'has no unit' : 'unknown unit', BYTE_SIZES);
  const bytes = Number(digits) * each;
  if (bytes < 1) refuse(text, 'too small', BYTE_SIZES);
  if (bytes > LARGEST_TRANSFER) refuse(text, 'too large', BYTE_SIZES);
  return bytes;
}

/** A port to listen on; 0 lets the kernel choose. */
export const port: Parser<number> = wholeNumber(0, 65_535);

const ADDRESSES = 'HOST:PORT or [IPv6]:PORT, with a port of 1 to 65535';

/** The address of a running server. */
export function address(text: string): Address {
  const [, bracketed, plain = '', digits] = /^(?:\[(.*)\]|([^[\]]*)):(\d+)$/.exec(text) ?? [];
  if (isIPv6(text) || isIPv6(plain)) refuse(text, 'an IPv6 address needs brackets', ADDRESSES);
  if (digits === undefined) refuse(text, 'not an address', ADDRESSES);
  const host = bracketed ?? plain;
  const sound = bracketed === undefined ? isHost(host) : isIPv6(host);
  if (!sound) refuse(text, `${shown(host)} is not a host`, ADDRESSES);
  const number = Number(digits);
  if (number < 1 || number > 65_535) refuse(text, `${shown(digits)} is not a port`, ADDRESSES);
  return { host, port: number };
}

/** An address to listen on, or a host name. */
export function hostName(text: string): string {
  if (!isIPv6(text) && !isHost(text)) refuse(text, 'not a host', 'an address or a host name');
  return text;
}

// Digits and dots must be an IPv4 address; otherwise a resolver would look up a mistyped 10.0.0.256 as a name.
function isHost(text: string): boolean {
  return /^[\d.]+$/.test(text) ? isIPv4(text) : /^(?!-)[\w-]+(\.[\w-]+)*\.?$/.test(text);
}

/** CPU numbers, sorted, each once: `parse` reads the kernel's own lists and throws an Error. */
export function cpuList(parse: Parser<readonly number[]>): Parser<readonly number[]> {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      refuse(text, (error as Error).message, 'CPU numbers and ranges, e.g. 0-3,5');
    }
  };
}

/** One of `names`; the error for a mistyped name suggests the closest one. */
export function oneOf<const Name extends string>(names: readonly Name[]): Parser<Name> {
  return (text) => {
    const name = names.find((candidate) => candidate === text);
    if (name !== undefined) return name;
    const meant = closest(text, names);
    refuse(text, 'unknown', names.join(', ') + (meant ? ` (did you mean ${meant}?)` : ''));
  };
}
