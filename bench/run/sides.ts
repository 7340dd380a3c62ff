/** A server with its client: the side under test and, in a sliced trial, the control beside it. */
import type { Machine } from '../../lib/ceilings.js';
import { type Client, startClient } from '../../lib/load/client.js';
import type { SubjectSpec } from '../../lib/native.js';
import { type Server, startServer } from '../../lib/server/server.js';
import type { Trial } from '../plan/schedule.js';
import { controlBeside } from '../plan/uninterrupted.js';
import { loadSpec, serverSpec } from './specs.js';

export interface Side {
  readonly server: Server;
  readonly client: Client;
}

export async function startSide(
  trial: Trial,
  machine: Machine,
  /** Told of each part as soon as it runs, so that it can be ended whatever follows. */
  started: (part: Partial<Side>) => void,
): Promise<Side> {
  const server = await startServer(serverSpec(trial.cell));
  started({ server });
  const client = await startClient(loadSpec(trial, server.address, server.port, machine));
  started({ client });
  return { server, client };
}

/** The trial with the control in the server's place. */
export function controlTrial(trial: Trial): Trial {
  return { ...trial, cell: controlBeside(trial.cell) };
}

/** What nothing accounts for has no CPU time. */
const UNKNOWN = { pids: [], statFile: '' };

export function subjectOf({ server, client }: Side): SubjectSpec {
  return {
    board: client.board,
    server: server.cpuSource() ?? UNKNOWN,
    client: client.cpuSource,
  };
}
