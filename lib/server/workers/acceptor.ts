/** Accepts for the `workers` model, and waits while descriptors are short. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Listening, native } from '../../native.js';
import { descriptorsLeft } from '../../system/descriptors.js';

/** A socket, what an event loop opens, and a file for a moment. A Worker without these leaks what it got. */
const DESCRIPTORS_PER_WORKER = 8;
const SHORTAGE_PAUSE_MS = native.shortagePauseNs / 1e6;

export class Acceptor {
  calls = 0;
  pauses = 0;
  #isStopping = false;

  /** `starting`: how many Workers have not yet opened all that they need. */
  constructor(
    readonly listener: number,
    readonly starting: () => number,
  ) {
    native.setBlocking(listener);
  }

  /** The next connection; null once stopped. */
  async next(): Promise<Listening | null> {
    await this.#waitForRoom();
    this.calls++;
    try {
      return await native.accept(this.listener);
    } catch (error) {
      if (!native.isShortage((error as NodeJS.ErrnoException).errno ?? 0)) throw error;
      this.pauses++;
      await sleep(SHORTAGE_PAUSE_MS);
      return this.next();
    }
  }

  stop(): void {
    this.#isStopping = true;
    native.shutdown(this.listener);
  }

  /** The Workers on their way have a claim on their descriptors. */
  async #waitForRoom(): Promise<void> {
    const needed = () => DESCRIPTORS_PER_WORKER * (this.starting() + 1);
    for (; descriptorsLeft() < needed() && !this.#isStopping; this.pauses++)
      await sleep(SHORTAGE_PAUSE_MS);
  }
}
