/** What a person sees while a run goes: one line that is redrawn, or one line per trial in a pipe. */
import { createLogUpdate } from 'log-update';
import type { Client } from '../../lib/load/client.js';
import type { Trial } from '../plan/schedule.js';
import type { TrialRecord } from '../record.js';
import type { Onlooker } from '../run/run.js';
import type { PhaseName } from '../run/watch.js';
import { compact, time } from './format.js';
import { serverName } from './server-name.js';
import { terminalOf } from './terminal.js';

/** Often enough to see it move, seldom enough not to be measured. */
const REDRAW_MS = 250;

export const SILENT: Onlooker = { trial: () => ({ phase: () => {} }), ended: () => {} };

export interface Progress extends Onlooker {
  /** Clears what would be redrawn. */
  close(): void;
}

export function showProgress(trials: number, stream: NodeJS.WriteStream): Progress {
  return terminalOf(stream).live ? redrawn(trials, stream) : lineByLine(trials, stream);
}

function lineByLine(trials: number, stream: NodeJS.WriteStream): Progress {
  return {
    trial: () => ({ phase: () => {} }),
    ended: (record) => void stream.write(`${outcome(record, trials)}\n`),
    close: () => {},
  };
}

function redrawn(trials: number, stream: NodeJS.WriteStream): Progress {
  const { colors } = terminalOf(stream);
  const update = createLogUpdate(stream, { showCursor: true });
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(timer);
  return {
    trial: (trial) => ({
      phase: (name, client) => {
        stop();
        const began = performance.now();
        const draw = async () => {
          const seconds = ((performance.now() - began) / 1000).toFixed(1);
          const detail = client ? await detailOf(trial, name, client) : '';
          const where = colors.dim(`trial ${trial.number}/${trials}`);
          const what = `${colors.bold(serverName(trial.cell.server))} at ${compact(trial.cell.connections)}`;
          update(`${where}  ${what}  ${name} ${colors.dim(`${seconds} s`)}${detail}`);
        };
        const quietly = () => void draw().catch(() => {});
        quietly();
        timer = setInterval(quietly, REDRAW_MS);
        timer.unref();
      },
    }),
    ended: (record) => {
      stop();
      update(outcome(record, trials));
    },
    close: () => {
      stop();
      update.clear();
    },
  };
}

async function detailOf({ cell }: Trial, phase: PhaseName, client: Client): Promise<string> {
  const { connected, open, requests, failures } = await client.progress();
  const failed = failures > 0 ? `, ${failures.toLocaleString('en')} failed` : '';
  if (phase === 'connecting')
    return `  ${connected.toLocaleString('en')} of ${(cell.connections + cell.idle).toLocaleString('en')} connected${failed}`;
  return `  ${open.toLocaleString('en')} open, ${requests.toLocaleString('en')} answered${failed}`;
}

function outcome(
  { trial, server, connections, measurement, verdict }: TrialRecord,
  trials: number,
) {
  const head = `trial ${trial}/${trials}  ${serverName(server)} at ${connections.toLocaleString('en')}`;
  if (!verdict.valid) return `${head}  invalid: ${verdict.problems.join('; ')}`;
  const { throughput = null, latency } = measurement ?? {};
  return `${head}  ${compact(throughput)} requests/s, p99 ${time(latency?.p99 ?? null)}`;
}
