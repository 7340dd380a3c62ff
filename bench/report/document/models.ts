/** The server models that took part: how each waits, who gets which connection, and a diagram. */
import { MODEL_NAMES, modelNamed, type ServerModel } from '../../../lib/catalog/models.js';
import type { Cell } from '../../plan/plan.js';
import { diagram } from '../diagrams/diagram.js';
import { anatomyOf } from '../diagrams/lanes.js';
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
        paragraph([strong(name), ' is a program of its own: how it is built isn’t known here.']),
      ),
      ...known.flatMap((series) => sketch(study, series)),
    ],
  };
}

function overview(known: readonly Series[]): Block {
  return {
    kind: 'table',
    caption: 'The models that took part.',
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

/** Under the greatest load that the model was given. */
function sketch({ run }: Study, series: Series): Figure[] {
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
  const anatomy = anatomyOf(model, { connections: connections + idle, workers });
  return [
    {
      kind: 'figure',
      id,
      title,
      caption: `${explanation(model)} Coloured: where it sleeps until there is work.`,
      svg: diagram({ id, title, accent: series.color, anatomy, connections, idle, backlog }),
    },
  ];
}

const TRIGGERED = {
  edge: ' Interest is set once for each connection; readiness is reported once, when it begins.',
  level: ' Readiness is reported for as long as it lasts.',
} as const;

function explanation({ topology, engine, waitsIn, triggering }: ServerModel): string {
  const triggered = triggering === null ? '' : TRIGGERED[triggering];
  if (engine === 'proactor')
    return `One loop asks for accepts, receives and sends through a ring that it shares with the kernel, and waits in ${waitsIn} for their results: they come with the bytes already in a buffer. One call submits what was asked for and waits.`;
  switch (topology) {
    case 'one loop':
      return engine === 'libuv'
        ? `One loop waits in ${waitsIn} for all connections and calls back into JavaScript.`
        : `One loop waits in ${waitsIn} for all connections, and serves those that are ready one after the other.${triggered}`;
    case 'thread per connection':
      return 'One thread accepts, and begins a thread for each connection, which blocks in recv until bytes come. The scheduler is the event loop.';
    case 'Worker per connection':
      return 'The main thread accepts, and begins a Worker for each connection, which blocks in recv until bytes come.';
    case 'thread pool':
      return 'Every thread accepts a connection and serves it until it closes (the inner arrow); the other connections wait in the accept queue.';
    case 'process pool':
      return 'Every process accepts from the one listener it inherited, and serves a connection until it closes (the inner arrow); the others wait in the accept queue.';
    case 'its own':
      return 'A program of its own: how it waits and serves can’t be seen from outside.';
  }
}
