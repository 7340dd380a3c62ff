/** Blocks a server: a peer that doesn't read sends until the server receives no more. */

import type { Server } from '../../lib/server/server.js';
import { noise, type Peer } from './peer.js';
import { stalled } from './server.js';

const BLOCK = 16 << 20;
/** More than the socket buffers of both sides hold. */
const MOST_BLOCKS = 8;

/** Sends without reading until the server receives no more; resolves with the bytes that were sent. */
export async function choke(server: Server, peer: Peer): Promise<Buffer> {
  const sent: Buffer[] = [];
  // The capacity of the sockets depends on the kernel: some let a receive buffer grow to 32 MiB.
  while (peer.unsent === 0) {
    if (sent.length === MOST_BLOCKS)
      throw new Error('the server does not stop receiving from a peer that never reads');
    const block = noise(BLOCK, sent.length + 1);
    sent.push(block);
    peer.push(block);
    await stalled(server);
  }
  return Buffer.concat(sent);
}
