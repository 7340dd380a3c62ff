/** A side is a server with its client: the server under test or, in a sliced trial, the control beside it. */
import type { Machine } from '../../lib/catalog/ceilings.js';
import { type Client, startClient } from '../../lib/load/client.js';
import { native } from '../../lib/native.js';
import type { SubjectSpec } from '../../lib/native-data.js';
import type { Server } from '../../lib/server/server.js';
import { startServer } from '../../lib/server/start.js';
import { sumOf } from '../../lib/sums.js';
import type { Trial } from '../plan/schedule.js';
import { controlBeside } from '../plan/uninterrupted.js';
import { startBeside } from './beside.js';
import { loadSpec, serverSpec } from './specs.js';
import { onStage, type Stage, stageOf } from './stage.js';

export interface Side {
  readonly server: Server;
  readonly client: Client;
  readonly stage: Stage;
  /** The client of the small load beside; null: none. */
  readonly beside: Client | null;
}

export async function startSide(
  trial: Trial,
  machine: Machine,
  signal: AbortSignal,
  /** Called with each process as soon as it runs, so that it is ended even after a later failure. */
  started: (part: Partial<Side>) => void,
): Promise<Side> {
  const stage = await stageOf(trial.cell, null, signal);
  started({ stage });
  const staged = onStage(trial, stage);
  const server = await startServer(serverSpec(staged.cell));
  started({ server });
  const client = await startClient(loadSpec(staged, server.address, server.port, machine));
  started({ client });
  const beside = await startBeside(staged, server, machine);
  started({ beside });
  return { server, client, stage, beside };
}

/** The same trial with the control as its server. */
export function controlTrial(trial: Trial): Trial {
  return { ...trial, cell: controlBeside(trial.cell) };
}

/** Adds the side to errors. */
export async function asControl<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`the control: ${(error as Error).message}`);
  }
}

/** CPU time of all processes of the sides since they started, in seconds; null: unknown. */
export function cpuSecondsOf(sides: readonly Side[]): number | null {
  const times = sides.flatMap(({ server, client }) => [
    server.cpuTime(),
    native.cpuTime(client.cpuSource.pids, client.cpuSource.statFile),
  ]);
  const ns = sumOf(times, (time) => time.ns);
  return Number.isNaN(ns) ? null : ns / 1e9;
}

/** For a server whose CPU time can't be read. */
const UNKNOWN = { pids: [], statFile: '' };

export function subjectOf({ server, client }: Side): SubjectSpec {
  return {
    board: client.board,
    server: server.cpuSource() ?? UNKNOWN,
    client: client.cpuSource,
  };
}
