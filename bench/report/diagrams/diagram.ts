/** The architecture of a server model: clients, the kernel's queues, and what runs in the server. */
import { FONT, MUTED, PAPER } from '../charts/theme.js';
import { escapeXml } from '../text/escape.js';
import type { Anatomy, Lane } from './lanes.js';
import {
  arrow,
  type Box,
  backAround,
  begins,
  bus,
  CHIP_HEIGHT,
  chip,
  chipWidth,
  label,
  nameWidth,
  region,
} from './shapes.js';

export interface Sketch {
  readonly id: string;
  readonly title: string;
  readonly accent: string;
  readonly anatomy: Anatomy;
  readonly connections: number;
  readonly idle: number;
  readonly backlog: number;
}

const WIDTH = 712;
const KERNEL: Omit<Box, 'height'> = { x: 122, y: 1, width: 142 };
const SERVER_X = 306;
const SERVER_WIDTH = WIDTH - SERVER_X - 1;
const LANE = 64;
const HEAD = 26;
const GAP = 10;
const LEAST = 150;

/** The lanes' places, from the top. */
function layout({ boxes, lanes, more }: Anatomy) {
  const each = boxes === 'each' ? HEAD + LANE + GAP : LANE;
  const top = boxes === 'each' ? 1 : 1 + HEAD;
  const places = lanes.map((lane, i) => ({
    lane,
    y: top + i * each + (boxes === 'each' ? HEAD : 0),
  }));
  const end = top + lanes.length * each + (more === null ? 4 : 28);
  const spare = Math.max(0, LEAST - end) / 2;
  const centred = places.map(({ lane, y }) => ({ lane, y: boxes === 'one' ? y + spare : y }));
  return { places: centred, height: Math.max(LEAST, end) };
}

export function diagram(sketch: Sketch): string {
  const { id, title, anatomy, accent } = sketch;
  const { places, height } = layout(anatomy);
  const parts = [
    clients(sketch, height),
    kernel(sketch, height),
    boxes(anatomy, places, height),
    ...places.map(({ lane, y }) => laneAt(lane, y, accent)),
    anatomy.more === null ? '' : label(SERVER_X + 14, height - 12, anatomy.more, { color: MUTED }),
    inlets(places, height),
  ];
  const name = `${id}-title`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="${name}" width="${WIDTH}" height="${height + 2}" viewBox="0 0 ${WIDTH} ${height + 2}" font-family='${FONT}'><title id="${name}">${escapeXml(title)}</title>${parts.join('')}</svg>`;
}

function clients({ connections, idle }: Sketch, height: number): string {
  const middle = height / 2;
  const dots = [-22, 0, 22].map(
    (dy) =>
      `<circle cx="34" cy="${middle + dy}" r="6" fill="${PAPER}" stroke="${MUTED}" stroke-width="1.3"/>`,
  );
  const centred = { anchor: 'middle', color: MUTED } as const;
  return [
    ...dots,
    label(34, middle - 42, 'clients', { anchor: 'middle', weight: 600 }),
    label(34, middle + 52, `${connections.toLocaleString('en')} busy`, centred),
    idle > 0 ? label(34, middle + 67, `${idle.toLocaleString('en')} idle`, centred) : '',
    arrow(50, middle - 14, KERNEL.x - 3, queueY(height) + 14),
    arrow(50, middle + 10, KERNEL.x - 3, socketsY(height) + 10),
    arrow(KERNEL.x - 3, socketsY(height) + 24, 50, middle + 20),
    label(92, queueY(height) + 4, 'connect', { ...centred, size: 10 }),
    label(92, Math.round((middle + socketsY(height)) / 2), 'send, recv', { ...centred, size: 10 }),
  ].join('');
}

/** The two queues from which a server takes work. */
function queueY(height: number): number {
  return Math.round(height * 0.18) + 12;
}

function socketsY(height: number): number {
  return Math.round(height * 0.56) + 12;
}

function kernel({ connections, idle, backlog }: Sketch, height: number): string {
  const { x } = KERNEL;
  const open = (connections + idle).toLocaleString('en');
  return [
    region({ ...KERNEL, height: height - 1 }, 'kernel', true),
    slots(x + 12, queueY(height), 8),
    label(x + 12, queueY(height) + 42, `accept queue (${backlog.toLocaleString('en')})`, {
      size: 10.5,
    }),
    slots(x + 12, socketsY(height), 8, 4),
    label(x + 12, socketsY(height) + 42, `${open} socket${open === '1' ? '' : 's'}`, {
      size: 10.5,
    }),
  ].join('');
}

function slots(x: number, y: number, count: number, radius = 1): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `<rect x="${x + i * 14.8}" y="${y}" width="12" height="26" rx="${radius}" fill="${PAPER}" stroke="${MUTED}"/>`,
  ).join('');
}

type Places = readonly { readonly lane: Lane; readonly y: number }[];

function boxes({ boxes, box, lanes }: Anatomy, places: Places, height: number): string {
  if (boxes === 'one')
    return region({ x: SERVER_X, y: 1, width: SERVER_WIDTH, height: height - 1 }, box);
  return places
    .map(({ y }, i) => {
      const place = { x: SERVER_X, y: y - HEAD, width: SERVER_WIDTH, height: HEAD + LANE };
      return region(place, lanes.length > 1 ? `${box} ${i + 1}` : box);
    })
    .join('');
}

const LANE_X = SERVER_X + 14;
const STEP_GAP = 18;

function laneAt({ title, steps, spawns, again }: Lane, y: number, accent: string): string {
  const chipY = y + 16;
  let x = LANE_X;
  const parts = [label(LANE_X, y + 8, title, { size: 10.5, color: MUTED })];
  const middles: number[] = [];
  for (const [i, { name, waits }] of steps.entries()) {
    if (i > 0) parts.push(arrow(x - STEP_GAP + 1, chipY + 12, x - 1, chipY + 12));
    parts.push(chip(x, chipY, name, waits ? accent : null));
    middles.push(Math.round(x + chipWidth(name) / 2));
    x += chipWidth(name) + STEP_GAP;
  }
  parts.push(returns(middles, again, chipY + CHIP_HEIGHT));
  if (spawns !== undefined) parts.push(beginning(x - STEP_GAP, y, spawns));
  return parts.join('');
}

/** From the last step to the first; with `again`, to that step, and to the first when the connection ends. */
function returns(middles: readonly number[], again: number | undefined, bottom: number): string {
  const [first = 0, last = 0] = [middles[0], middles.at(-1)];
  const inner = again === undefined ? undefined : middles[again];
  if (inner === undefined) return backAround(last, first, bottom);
  return backAround(last - 4, inner, bottom, 9) + backAround(last + 6, first, bottom, 16);
}

/** To the name of the lane below. */
function beginning(from: number, y: number, name: string): string {
  const to = LANE_X + nameWidth(name) + 4;
  const right = Math.max(from + 16, to + 22);
  return begins({ x: from, y: y + 28 }, right, { x: to, y: y + LANE + 4 });
}

/** Arrows from the kernel to the lanes. */
function inlets(places: Places, height: number): string {
  const x = KERNEL.x + KERNEL.width;
  const lanes = (what: Lane['takes'], dy: number) =>
    places
      .filter(({ lane }) => lane.takes === what || lane.takes === 'both')
      .map(({ y }) => ({ x: LANE_X - 2, y: Math.round(y + dy) }));
  return [
    bus({ x, y: queueY(height) + 13 }, x + 14, lanes('connections', 23)),
    bus({ x, y: socketsY(height) + 13 }, x + 26, lanes('bytes', 33)),
  ].join('');
}
