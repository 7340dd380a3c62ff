/** `models`: the catalog, each model's limits on this machine, and which models can't run here. */

import type { Command } from 'commander';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { type Capacity, capacity } from '../../lib/catalog/fits.js';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';
import { plainTable } from '../report/terminal/plain-table.js';
import { type Colors, terminalOf } from '../report/terminal/terminal.js';
import { obstacleInWords } from '../report/text/obstacles.js';
import { DEFAULT_BACKLOG } from './options/server.js';

export function modelsCommand(program: Command): void {
  program
    .command('models')
    .description("Lists the server models, their limits on this machine, and which can't run here.")
    .option('--json', 'output as JSON')
    .action(({ json }: { json?: boolean }) => {
      const models = describe();
      process.stdout.write(`${json ? JSON.stringify(models, null, 2) : show(models)}\n`);
    });
}

type Description = Omit<ServerModel, 'limits'> & { readonly capacity: Capacity };

function describe(): Description[] {
  const machine = readMachine();
  return CATALOG.map((model) => {
    const { limits: _, ...plain } = model;
    return { ...plain, capacity: capacity(model, machine, DEFAULT_BACKLOG) };
  });
}

function show(models: readonly Description[]): string {
  const { colors } = terminalOf(process.stdout);
  const titles = ['server', 'engine', 'waits in', 'topology', 'language', 'conns', 'note'];
  const rows = models.map((model) => [
    colors.bold(model.name),
    model.engine,
    model.waitsIn,
    model.topology,
    model.language,
    model.capacity.connections.toLocaleString('en'),
    model.note,
  ]);
  const align = titles.map((title) => (title === 'conns' ? 'right' : 'left'));
  return [
    plainTable([titles.map(colors.dim), ...rows], align),
    colors.dim(
      'conns: most connections open at once on this machine, with default workers in one process. Limited by:',
    ),
    limitsOf(models, colors),
  ].join('\n\n');
}

/** The limit of each model's connections; models with the same limit share a line. */
function limitsOf(models: readonly Description[], colors: Colors): string {
  const byReason = new Map<string, string[]>();
  for (const {
    name,
    capacity: { connections, limitedBy },
  } of models) {
    if (limitedBy === null) continue;
    const words = obstacleInWords(limitedBy);
    const reason = connections === 0 ? `${colors.red("can't run here")}: ${words}` : words;
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return [...byReason]
    .map(([reason, names]) => `${colors.bold(names.join(', '))}: ${reason}`)
    .join('\n');
}
