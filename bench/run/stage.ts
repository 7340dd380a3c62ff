/** What a trial needs besides its processes, as its service makes it. */
import type { Cell } from '../plan/plan.js';
import type { Trial } from '../plan/schedule.js';
import { servedService } from '../services/registry.js';
import type { RemoteServer, Stage } from '../services/service.js';

export type { Stage };

const NONE: Stage = {
  serviceOptions: {},
  protocolOptions: {},
  fileSystem: null,
  countWrong: async () => 0,
  clear: async () => {},
};

/** `remote`: null if the trial starts the server. */
export async function stageOf(
  cell: Cell,
  remote: RemoteServer | null,
  signal: AbortSignal,
): Promise<Stage> {
  return (await servedService(cell).stage?.(cell, remote, signal)) ?? NONE;
}

/** The trial with the options that the stage adds. */
export function onStage(trial: Trial, { serviceOptions, protocolOptions }: Stage): Trial {
  const { cell } = trial;
  return {
    ...trial,
    cell: {
      ...cell,
      serviceOptions: { ...cell.serviceOptions, ...serviceOptions },
      protocolOptions: { ...cell.protocolOptions, ...protocolOptions },
    },
  };
}
