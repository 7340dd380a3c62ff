/** The server models of the run: how each waits and distributes connections, and a diagram. */
import { MODEL_NAMES, modelNamed, type ServerModel } from '../../../lib/catalog/models.js';
import type { Cell } from '../../plan/plan.js';
import { diagram } from '../diagrams/diagram.js';
import { anatomyOf } from '../diagrams/lanes.js';
import { pseudocodeOf } from '../diagrams/pseudocode.js';
import type { Series } from '../study/series.js';
import type { Study } from '../study/study.js';
import { type Block, code, type Figure, paragraph, type Section, strong } from '../text/blocks.js';

export function models(study: Study): Section {
  const known = study.series.filter(({ server }) => MODEL_NAMES.includes(server));
  const unknown = study.series.filter(({ server }) => !MODEL_NAMES.includes(server));
  return {
    id: 'models',
    title: 'The server models',
    blocks: [
      ...(known.length > 0 ? [overview(known)] : []),
      ...unknown.map(({ name }) =>
        paragraph([strong(name), ' is an external program: its structure is not known.']),
      ),
      ...known.flatMap((series) => sketch(study, series)),
    ],
  };
}

function overview(known: readonly Series[]): Block {
  return {
    kind: 'table',
    caption: 'The server models of this run.',
    columns: ['server', 'engine', 'waits in', 'topology', 'written in', 'note'].map((title) => ({
      title,
      align: 'left' as const,
    })),
    rows: known.map(({ name, server }) => {
      const { engine, waitsIn, topology, language, note } = modelNamed(server);
      return { cells: [[strong(name)], engine, [code(waitsIn)], topology, language, note] };
    }),
  };
}

/** At the highest load of the model. */
function sketch({ run, wording }: Study, series: Series): Figure[] {
  const model = modelNamed(series.server);
  const cells = run.plan.cells.filter((cell) => series.has(cell));
  const runnable = cells.filter(({ skipped }) => skipped === null);
  const cell = (runnable.length > 0 ? runnable : cells).reduce(
    (most: Cell | undefined, each) =>
      most && most.connections + most.idle >= each.connections + each.idle ? most : each,
    undefined,
  );
  if (!cell) return [];
  const { connections, idle, backlog, workers } = cell;
  const id = `model-${series.name.replace(/[^\w-]+/g, '-')}`;
  const title = `Architecture of ${series.name}`;
  const anatomy = anatomyOf(model, {
    ...{ connections: connections + idle, workers },
    answer: wording.answer,
  });
  return [
    {
      kind: 'figure',
      id,
      title,
      caption: `${explanation(model)} Coloured: the step in which it sleeps until there is work.`,
      svg: diagram({ id, title, accent: series.color, anatomy, connections, idle, backlog }),
      listing: pseudocodeOf(model),
    },
  ];
}

const TRIGGERED = {
  edge: ' Interest is set once for each connection; readiness is reported once, when it begins.',
  level: ' Readiness is reported as long as it lasts.',
} as const;

function explanation({ topology, engine, waitsIn, triggering }: ServerModel): string {
  const triggered = triggering === null ? '' : TRIGGERED[triggering];
  if (engine === 'proactor')
    return `One loop submits accepts, receives and sends through a ring that it shares with the kernel, and waits in ${waitsIn} for their completions; a receive completes with the bytes already in a buffer. One call submits operations and waits.`;
  switch (topology) {
    case 'one loop':
      return engine === 'libuv'
        ? `One loop waits in ${waitsIn} for all connections and calls back into JavaScript.`
        : `One loop waits in ${waitsIn} for all connections, and serves the ready ones one after the other.${triggered}`;
    case 'thread per connection':
      return 'One thread accepts, and creates a thread for each connection, which blocks in recv until bytes arrive. The kernel’s scheduler takes the role of the event loop.';
    case 'process per connection':
      return 'One process accepts, and forks a process for each connection, which blocks in recv until bytes arrive and ends with its connection; the first reaps it.';
    case 'Worker per connection':
      return 'The main thread accepts, and creates a Worker for each connection, which blocks in recv until bytes arrive.';
    case 'thread pool':
      return 'Every thread accepts a connection and serves it until it closes (the inner arrow); the other connections wait in the accept queue.';
    case 'process pool':
      return 'Every process accepts from the shared listener that it inherited, and serves a connection until it closes (the inner arrow); the other connections wait in the accept queue.';
    case 'its own':
      return 'An external program: how it waits and serves is not visible from outside.';
  }
}
