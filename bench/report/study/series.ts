/** A server in the graphs: it has the same colour, dash and marker in all graphs and reports. */
import type { Cell } from '../../plan/plan.js';
import { type NameOf, namesOf, nameWithWorkers } from '../text/server-name.js';

export interface Series {
  /** The name in tables and legends. */
  readonly name: string;
  readonly server: string;
  readonly color: string;
  /** Lengths of line and gap; none: a solid line. */
  readonly dash: readonly number[];
  readonly shape: string;
  has(cell: Cell): boolean;
}

/** Okabe and Ito 2008: colour-blind readers can distinguish these too. */
export const OKABE_ITO = {
  black: '#000000',
  orange: '#e69f00',
  sky: '#56b4e9',
  green: '#009e73',
  yellow: '#f0e442',
  blue: '#0072b2',
  vermillion: '#d55e00',
  purple: '#cc79a7',
} as const;

type Look = Pick<Series, 'color' | 'dash' | 'shape'>;

const SOLID: readonly number[] = [];
const DASHED = [6, 3];
const DOTTED = [2, 2];

/**
 * Related models share a colour and differ in dash and marker. The two pools do not: each has several numbers of workers,
 * which its dashes stand for.
 */
const LOOKS: Readonly<Record<string, Look>> = {
  control: { color: '#767676', dash: DOTTED, shape: 'cross' },
  epoll: { color: OKABE_ITO.blue, dash: SOLID, shape: 'circle' },
  'epoll-lt': { color: OKABE_ITO.sky, dash: SOLID, shape: 'square' },
  io_uring: { color: OKABE_ITO.black, dash: SOLID, shape: 'diamond' },
  'io_uring-plain': { color: OKABE_ITO.black, dash: DASHED, shape: 'square' },
  poll: { color: OKABE_ITO.orange, dash: SOLID, shape: 'square' },
  select: { color: OKABE_ITO.vermillion, dash: SOLID, shape: 'triangle-up' },
  'select-wide': { color: OKABE_ITO.vermillion, dash: DASHED, shape: 'triangle-down' },
  threads: { color: OKABE_ITO.green, dash: SOLID, shape: 'diamond' },
  fork: { color: OKABE_ITO.vermillion, dash: [8, 2, 2, 2], shape: 'circle' },
  'thread-pool': { color: OKABE_ITO.green, dash: DASHED, shape: 'triangle-right' },
  'process-pool': { color: OKABE_ITO.vermillion, dash: DOTTED, shape: 'triangle-left' },
  libuv: { color: OKABE_ITO.purple, dash: SOLID, shape: 'circle' },
  workers: { color: OKABE_ITO.purple, dash: DASHED, shape: 'square' },
  load: { color: OKABE_ITO.blue, dash: SOLID, shape: 'circle' },
};

/** For servers that are not in the catalog. */
const OTHERS: readonly Look[] = Object.values(OKABE_ITO).map((color, i) => ({
  color,
  dash: [8, 2, 2, 2],
  shape: ['cross', 'diamond', 'square', 'circle'][i % 4] as string,
}));
/** For one server with several numbers of workers, in that order. */
const BY_WORKERS = [SOLID, DASHED, DOTTED, [8, 2, 2, 2]];

/** Joined by a no-break space. */
export function seriesName(cell: Pick<Cell, 'server' | 'workers'>, nameOf: NameOf): string {
  return nameWithWorkers(cell, nameOf, '\u00a0');
}

/** In the order in which the cells name them. */
export function seriesOf(
  cells: readonly Cell[],
  nameOf: NameOf = namesOf(cells.map(({ server }) => server)),
): Series[] {
  const byName = new Map(cells.map((cell) => [seriesName(cell, nameOf), cell]));
  const firsts = [...byName].map(([name, { server }]) => ({ name, server }));
  const unknown = [...new Set(cells.map(({ server }) => server))].filter(
    (server) => !(server in LOOKS),
  );
  return firsts.map(({ name, server }) => {
    const look = LOOKS[server] ?? OTHERS[unknown.indexOf(server) % OTHERS.length];
    const own = firsts.filter((each) => each.server === server).map((each) => each.name);
    const dash = own.length > 1 ? BY_WORKERS[own.indexOf(name) % BY_WORKERS.length] : look?.dash;
    const has = (cell: Cell) => seriesName(cell, nameOf) === name;
    return { ...(look as Look), name, server, dash: dash ?? SOLID, has };
  });
}
