/** The name of a server in tables and graphs. */

import { groupBy } from '../../../lib/group.js';
import type { Plan } from '../../plan/plan.js';
import type { Row } from '../../statistics/summarize.js';

const LONGEST = 28;

/** The name of each server of a run; all names differ. */
export type NameOf = (server: string) => string;

/** The name of a model; the shortened command of a program, without {port} and directories. */
export function serverName(server: string): string {
  if (!server.startsWith('cmd:')) return server;
  const words = server
    .replace(/ *\{port\} */, ' ')
    .trim()
    .split(' ');
  const command = words.map((word) => word.replace(/^(cmd:)?.*\//, '$1')).join(' ');
  return command.length > LONGEST ? `${command.slice(0, LONGEST - 1)}…` : command;
}

/** The servers of a run, with their baselines. */
export function serversIn({ cells }: Pick<Plan, 'cells'>): readonly string[] {
  return cells.flatMap(({ server, control }) => [server, control]);
}

/** The name of each server and baseline of these rows. */
export function namesIn(rows: readonly Row[]): NameOf {
  return namesOf(rows.flatMap(({ server, control }) => [server, control.server]));
}

/** Programs with the same short name have the difference between their commands in brackets. */
export function namesOf(servers: Iterable<string>): NameOf {
  const names = new Map<string, string>();
  for (const [short, alike] of groupBy([...new Set(servers)], serverName))
    for (const [i, server] of alike.entries())
      names.set(server, alike.length === 1 ? short : `${short} (${differenceOf(alike, i)})`);
  return (server) => names.get(server) ?? serverName(server);
}

/** The first directory or word in which all commands differ; without one, the position in the list. */
function differenceOf(servers: readonly string[], own: number): string {
  const parts = servers.map((server) => server.split(/[/\s]+/));
  const most = Math.max(...parts.map(({ length }) => length));
  for (let i = 0; i < most; i++) {
    const values = parts.map((each) => each[i] ?? '');
    const isClear = new Set(values).size === values.length && !values.includes('');
    if (isClear) return values[own] as string;
  }
  return `${own + 1}`;
}

/** With the number of workers, if there are several. `space`: the separator. */
export function nameWithWorkers(
  { server, workers }: { readonly server: string; readonly workers: number },
  nameOf: NameOf = serverName,
  space = ' ',
): string {
  const name = nameOf(server);
  return workers > 1 ? `${name}${space}×${workers}` : name;
}
