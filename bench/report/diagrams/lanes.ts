/** What runs in a server of each topology: lanes of steps, from the catalog alone. Pure. */
import type { ServerModel } from '../../../lib/catalog/models.js';

interface Step {
  readonly name: string;
  /** The lane sleeps here until there is work. */
  readonly waits?: true;
}

/** A thread or a process, and the steps that it repeats. */
export interface Lane {
  readonly title: string;
  readonly steps: readonly Step[];
  /** The step after the last one, until the connection closes; without it, the first. */
  readonly again?: number;
  /** From the accept queue, from connected sockets, or both. */
  readonly takes: 'connections' | 'bytes' | 'both';
  /** This lane starts the next ones: the title of the first of them. */
  readonly spawns?: string;
}

export interface Anatomy {
  /** A box around all lanes, or one around each. */
  readonly boxes: 'one' | 'each';
  readonly box: string;
  readonly lanes: readonly Lane[];
  /** The number of lanes that are not drawn, as text; null if all are drawn. */
  readonly more: string | null;
}

const MOST_DRAWN = 3;
const step = (name: string): Step => ({ name });
const waiting = (name: string): Step => ({ name, waits: true });
const SEND = step('send');

interface Demand {
  readonly connections: number;
  readonly workers: number;
  /** What the server makes of what it receives. */
  readonly answer: string;
}

export function anatomyOf(model: ServerModel, demand: Demand): Anatomy {
  switch (model.topology) {
    case 'one loop':
      return loops(model, demand);
    case 'thread per connection':
      return perConnection(demand, 'server process', 'acceptor thread', 'clone', 'thread');
    case 'Worker per connection':
      return perConnection(
        demand,
        'Node process',
        'main thread',
        'new Worker',
        'Worker with its own V8',
      );
    case 'process per connection':
      return forks(demand);
    case 'thread pool':
      return pool(demand, 'one', 'thread');
    case 'process pool':
      return pool(demand, 'each', 'process');
    case 'its own':
      return program(demand);
  }
}

function loops(
  { engine, waitsIn, workers }: ServerModel,
  { workers: count, answer }: Demand,
): Anatomy {
  const scripted = engine === 'libuv';
  const steps = scripted
    ? [waiting(waitsIn), step('accept4'), step('read'), step('callback'), step('write')]
    : engine === 'proactor'
      ? [waiting(waitsIn), step('completion'), step(answer), step('ask to send')]
      : [waiting(waitsIn), step('accept4'), step('recv'), step(answer), SEND];
  const kind = scripted ? 'libuv’s loop, one thread' : 'loop, one thread';
  const title = (nth: number) => (count > 1 ? `${kind} (${nth} of ${count})` : kind);
  const processes = workers === 'processes' && count > 1;
  return {
    boxes: processes ? 'each' : 'one',
    box: scripted ? 'Node process' : 'server process',
    lanes: some(count, (nth) => ({ title: title(nth), steps, takes: 'both' })),
    more: remaining(count, processes ? 'processes' : 'loops'),
  };
}

function perConnection(
  { connections, answer }: Demand,
  box: string,
  acceptor: string,
  spawns: string,
  kind: string,
): Anatomy {
  const lanes = some(connections, (nth) => ({
    title: `${kind}, connection ${nth}`,
    steps: [waiting('recv'), step(answer), SEND],
    takes: 'bytes' as const,
  }));
  const first: Lane = {
    title: acceptor,
    steps: [waiting('accept4'), step(spawns)],
    takes: 'connections',
    spawns: lanes[0]?.title ?? '',
  };
  const of = kind.startsWith('Worker') ? 'Workers' : 'threads';
  return { boxes: 'one', box, lanes: [first, ...lanes], more: remaining(connections, of) };
}

function forks(demand: Demand): Anatomy {
  const anatomy = perConnection(demand, 'process', 'parent', 'fork', 'child');
  return { ...anatomy, boxes: 'each', more: remaining(demand.connections, 'processes') };
}

function pool({ workers, answer }: Demand, boxes: 'one' | 'each', kind: string): Anatomy {
  const steps = [waiting('accept4'), waiting('recv'), step(answer), SEND];

  return {
    boxes,
    box: 'server process',
    lanes: some(workers, (nth) => ({
      title: `${kind} ${nth} of ${workers}`,
      steps,
      again: 1,
      takes: 'both',
    })),
    more: remaining(workers, boxes === 'each' ? 'processes' : 'threads'),
  };
}

/** Nothing is known except that it accepts, receives and sends. */
function program({ answer }: Demand): Anatomy {
  const steps = [step('accept'), step('receive'), step(answer), SEND];
  const lanes: Lane[] = [{ title: 'unknown inside', steps, takes: 'both' }];
  return { boxes: 'one', box: 'external program', lanes, more: null };
}

function some(count: number, lane: (nth: number) => Lane): Lane[] {
  return Array.from({ length: Math.min(count, MOST_DRAWN) }, (_, i) => lane(i + 1));
}

function remaining(count: number, of: string): string | null {
  const rest = count - MOST_DRAWN;
  return rest > 0 ? `… and ${rest.toLocaleString('en')} more ${of}` : null;
}
