/** A server that is choked: one who doesn't read has sent until it takes no more. */

import type { Server } from '../../lib/server/server.js';
import { noise, type Peer } from './peer.js';
import { stalled } from './server.js';

const BLOCK = 16 << 20;
/** More than the sockets of both sides hold. */
const MOST_BLOCKS = 8;

/** Sends without reading until the server takes no more; resolves with all that was sent. */
export async function choke(server: Server, peer: Peer): Promise<Buffer> {
  const sent: Buffer[] = [];
  // What the sockets hold is the kernel's affair: some let a receive buffer grow to 32 MiB.
  while (peer.unsent === 0) {
    if (sent.length === MOST_BLOCKS) throw new Error('it takes without end from who never reads');
    const block = noise(BLOCK, sent.length + 1);
    sent.push(block);
    peer.push(block);
    await stalled(server);
  }
  return Buffer.concat(sent);
}
