/** Accepts connections for the `workers` model; pauses when descriptors run out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../../native.js';
import type { Listening } from '../../native-data.js';
import { descriptorsLeft } from '../../system/descriptors.js';

/**
 * A socket, the descriptors of an event loop, and a temporary file. A Worker that can't open all of
 * these leaks those it has opened.
 */
const DESCRIPTORS_PER_WORKER = 8;
const SHORTAGE_PAUSE_MS = native.shortagePauseNs / 1e6;

export class Acceptor {
  calls = 0;
  pauses = 0;
  #isStopping = false;

  /** `starting`: the number of Workers that have not yet opened all their descriptors. */
  constructor(
    readonly listener: number,
    readonly starting: () => number,
  ) {
    native.setBlocking(listener);
  }

  /** Accepts the next connection; null once stopped. */
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

  /** Waits until enough descriptors are free, including those that starting Workers still need. */
  async #waitForRoom(): Promise<void> {
    const needed = () => DESCRIPTORS_PER_WORKER * (this.starting() + 1);
    for (; descriptorsLeft() < needed() && !this.#isStopping; this.pauses++)
      await sleep(SHORTAGE_PAUSE_MS);
  }
}
