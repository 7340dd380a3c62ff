/** A running trial: its settings, the processes that it has started, and its findings so far. */
import type { Machine } from '../../lib/catalog/ceilings.js';
import type { Cell } from '../plan/cell.js';
import type { Trial } from '../plan/schedule.js';
import { INTERRUPTED } from '../record.js';
import type { Evidence, Findings, Mark } from './evidence.js';
import { controlTrial, type Side, startSide } from './sides.js';
import type { Watch } from './watch.js';

interface TrialOutcome {
  readonly evidence: Evidence;
  readonly error: string | null;
}

/** Runs a trial. Never rejects: the outcome of a failed trial has an error. */
export type Perform = (trial: Trial, watch: Watch, signal: AbortSignal) => Promise<TrialOutcome>;

/** The outcome of a trial that could not begin. */
export function notTried(error: string): TrialOutcome {
  return { evidence: { startedAt: new Date(), marks: {} }, error };
}

type SideName = 'server' | 'control';
type Step = (run: TrialRun) => Promise<void>;

export class TrialRun {
  /** The started processes; in a sliced trial also those of the control. */
  readonly sides: Readonly<Record<SideName, Partial<Side>>> = { server: {}, control: {} };
  readonly #startedAt = new Date();
  readonly #marks: Partial<Record<Mark, number>> = {};
  readonly #findings: Findings = {};

  constructor(
    readonly trial: Trial,
    readonly machine: Machine,
    readonly signal: AbortSignal,
    readonly watch: Watch,
  ) {
    this.mark('begin');
  }

  get cell(): Cell {
    return this.trial.cell;
  }

  get evidence(): Evidence {
    return { ...this.#findings, startedAt: this.#startedAt, marks: this.#marks };
  }

  record(found: Findings): void {
    Object.assign(this.#findings, found);
  }

  mark(name: Mark): void {
    this.#marks[name] = performance.now();
  }

  /** From now on these processes end with the trial, and the client is aborted with it. */
  adopt(name: SideName, part: Partial<Side>): void {
    Object.assign(this.sides[name], part);
  }

  /** Starts a server and its client. */
  async start(name: SideName): Promise<Side> {
    const trial = name === 'server' ? this.trial : controlTrial(this.trial);
    const side = await startSide(trial, this.machine, this.signal, (part) =>
      this.adopt(name, part),
    );
    side.server.ended.then(({ message }) =>
      this.record(name === 'server' ? { died: message } : { controlDied: message }),
    );
    return side;
  }

  /** Runs the phases. After a failure, `salvage` records what the processes can still report. */
  async complete(phases: Step, salvage?: Step): Promise<TrialOutcome> {
    const abort = () => this.#abort();
    this.signal.addEventListener('abort', abort);
    let error: string | null;
    let left: string | null = null;
    try {
      await phases(this);
      error = this.signal.aborted ? INTERRUPTED : null;
    } catch (thrown) {
      error = this.signal.aborted ? INTERRUPTED : (thrown as Error).message;
      await salvage?.(this);
    } finally {
      this.signal.removeEventListener('abort', abort);
      left = await this.#end();
    }
    this.mark('end');
    return { evidence: this.evidence, error: error ?? left };
  }

  #abort(): void {
    for (const { client, beside } of Object.values(this.sides))
      for (const one of [client, beside]) one?.abort().catch(() => {});
  }

  /** Returns why something could not be removed; null if all was. */
  async #end(): Promise<string | null> {
    let reason: string | null = null;
    for (const { server, client, beside, stage } of Object.values(this.sides)) {
      client?.kill();
      beside?.kill();
      server?.kill();
      await stage?.clear().catch((error: Error) => {
        reason ??= error.message;
      });
    }
    return reason;
  }
}
