/** Peers that send one request, and stay connected until they are told to leave. */
import { eventually } from './eventually.js';
import type { Peer } from './peer.js';

/** The peers that wait for an answer, those that have one, and the number that the server dropped. */
export class Crowd {
  readonly waiting = new Set<Peer>();
  readonly served = new Set<Peer>();
  dropped = 0;

  join(peer: Peer): void {
    peer.push('request\n');
    this.waiting.add(peer);
  }

  look(): void {
    for (const peer of this.waiting) {
      if (!peer.answered && !peer.dropped) continue;
      this.waiting.delete(peer);
      if (peer.answered) this.served.add(peer);
      else this.dropped++;
    }
  }

  async serveMore(): Promise<void> {
    await eventually(`some of ${this.waiting.size} are served`, () => {
      this.look();
      return this.served.size > 0 || this.waiting.size === 0;
    });
  }

  leave(): void {
    for (const peer of this.served) peer.leave();
    this.served.clear();
  }
}
