/** Progress of a run: redrawn lines on a terminal, one line per trial in a pipe. */

import type { Client } from '../../../lib/load/client.js';
import type { Trial } from '../../plan/schedule.js';
import type { TrialRecord } from '../../record.js';
import type { RunObserver } from '../../run/run.js';
import type { PhaseName } from '../../run/watch.js';
import { wordingOf } from '../../services/registry.js';
import { time } from '../../text/format.js';
import type { LoadNameOf } from '../text/cell-name.js';
import { sentences } from '../text/facts.js';
import type { NameOf } from '../text/server-name.js';
import { type Look, liveLine, timeLeft } from './live-line.js';
import { type Colors, terminalOf } from './terminal.js';

/** Short enough to show progress, long enough not to affect the measurement. */
const REDRAW_MS = 500;
const BAR_WIDTH = 24;

interface Progress extends RunObserver {
  /** Keeps a line above those that are redrawn. */
  show(line: string): void;
  /** Clears the redrawn lines. */
  close(): void;
}

/** The names of a run's servers and loads. */
export interface Names {
  readonly nameOf: NameOf;
  readonly loadOf: LoadNameOf;
}

export const SILENT: Progress = {
  trial: () => ({ phase: () => {} }),
  ended: () => {},
  show: () => {},
  close: () => {},
};

/** `trials`: the number of trials; null if it depends on the results. */
export async function showProgress(
  trials: number | null,
  names: Names,
  stream: NodeJS.WriteStream,
): Promise<Progress> {
  if (!terminalOf(stream).live) return lineByLine(trials, names, stream);
  // Loaded only here, because loading it takes a quarter of the start-up time of the command line.
  const { createLogUpdate } = await import('log-update');
  return redrawn(trials, names, stream, createLogUpdate(stream, { showCursor: true }));
}

function lineByLine(trials: number | null, names: Names, stream: NodeJS.WriteStream): Progress {
  return {
    trial: () => ({ phase: () => {} }),
    ended: (record) => void stream.write(`${outcome(record, trials, names)}\n`),
    show: (line) => void stream.write(`${line}\n`),
    close: () => {},
  };
}

function redrawn(
  trials: number | null,
  names: Names,
  stream: NodeJS.WriteStream,
  update: typeof import('log-update').default,
): Progress {
  const { colors } = terminalOf(stream);
  const began = performance.now();
  let finished = 0;
  let last = '';
  let stopDrawing = () => {};
  const head = () => overall(finished, trials, performance.now() - began, colors);
  return {
    trial: (trial) => ({
      phase: (name, client) => {
        stopDrawing();
        stopDrawing = repeatedly(client, (look, before) => {
          const live = look ? `  ${liveLine(trial.cell, name, before, look)}` : '';
          update(
            [last, head(), `${current(trial, name, names, colors)}${live}`]
              .filter(Boolean)
              .join('\n'),
          );
        });
      },
    }),
    ended: (record) => {
      stopDrawing();
      finished++;
      last = colors.dim(outcome(record, trials, names));
      update(`${last}\n${head()}`);
    },
    show: (line) => update.persist(line),
    close: () => {
      stopDrawing();
      update.clear();
    },
  };
}

/** Draws periodically until the returned function is called; draws nothing after that. */
function repeatedly(
  client: Client | undefined,
  draw: (look: Look | null, before: Look | null) => void,
): () => void {
  let stopped = false;
  let before: Look | null = null;
  const once = async () => {
    const progress = await client?.progress();
    if (stopped) return;
    const look = progress ? { at: performance.now(), progress } : null;
    draw(look, before);
    before = look;
  };
  const quietly = () => void once().catch(() => {}); // the client may be gone by now
  quietly();
  const timer = setInterval(quietly, REDRAW_MS);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

function overall(
  finished: number,
  trials: number | null,
  elapsedMs: number,
  color: Colors,
): string {
  if (trials === null) return color.dim(`${finished} trials done`);
  const filled = Math.round((BAR_WIDTH * finished) / Math.max(1, trials));
  const bar = '█'.repeat(filled) + color.dim('░'.repeat(BAR_WIDTH - filled));
  const left = timeLeft(finished, trials, elapsedMs);
  return `${bar}  ${finished} of ${trials} trials${left === null ? '' : color.dim(`, ${left}`)}`;
}

function current(
  { cell }: Trial,
  phase: PhaseName,
  { nameOf, loadOf }: Names,
  color: Colors,
): string {
  return `${color.bold(nameOf(cell.server))} at ${loadOf(cell)}  ${phase}`;
}

function outcome(record: TrialRecord, trials: number | null, { nameOf, loadOf }: Names): string {
  const { trial, server, measurement, verdict } = record;
  const wording = wordingOf(record.service);
  const number = trials === null ? `${trial}` : `${trial}/${trials}`;
  const head = `trial ${number}  ${nameOf(server)} at ${loadOf(record)}`;
  if (!verdict.valid) return `${head}  invalid: ${sentences(verdict.problems, wording).join('; ')}`;
  const { throughput = null, latency } = measurement ?? {};
  return `${head}  ${wording.showRate(throughput)} ${wording.rate.unit}, p99 ${time(latency?.p99 ?? null)}`;
}
