/** The sources of the bulk service: every byte is sent, and little memory is used for a peer that doesn't read. */
import t from 'tap';
import { fileSource, memorySource } from '../../../lib/service/bulk-source.js';
import { eventually, settled } from '../../support/eventually.js';
import { pattern } from '../../support/pattern.js';
import { socketPair } from '../../support/socket-pair.js';

const LONG = 40_000_000;

for (const [name, open] of Object.entries({ memorySource, fileSource })) {
  t.test(`${name} sends the pattern and then reports completion`, async (t) => {
    const source = open();
    t.teardown(source.close);
    const { socket, peer } = await socketPair(t);
    for (const length of [1, 65_536, 3_000_000]) {
      let isDone = false;
      let written = 0;
      source.send(socket, length, {
        queued: (bytes) => {
          written += bytes;
        },
        done: () => {
          isDone = true;
        },
      });
      t.ok((await peer.read(length)).equals(pattern(length)), `${length} bytes`);
      await eventually('completion is reported', () => isDone);
      t.equal(written, length, 'each byte is reported as written');
    }
  });

  t.test(`${name} buffers at most one chunk`, async (t) => {
    const source = open();
    t.teardown(source.close);
    const { socket, peer } = await socketPair(t);
    source.send(socket, LONG, { queued: () => {}, done: () => t.fail('the peer has not read') });
    await settled('what is sent', async () => socket.bytesWritten || null);
    t.ok(socket.bytesWritten < LONG / 2);
    t.ok(socket.writableLength <= 65_536, `${socket.writableLength} bytes are buffered`);
    peer.leave();
  });
}
