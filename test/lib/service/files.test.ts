/** Connections of the file service on Node.js sockets: what is reported, and how much is buffered. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { files } from '../../../lib/service/files.js';
import { eventually, settled } from '../../support/eventually.js';
import { binary, joined, WIRES, type WireFormat } from '../../support/files.js';
import { socketPair } from '../../support/socket-pair.js';

async function open(t: Test, wire: WireFormat) {
  const storage = t.testdir();
  const service = files({ wire: wire.name, storage });
  t.teardown(service.close);
  const pair = await socketPair(t);
  const tally = { requests: 0, refused: 0 };
  const reports: (readonly [string, string | number])[] = [];
  service.serve(pair.socket, tally, {
    begin: (operation) => reports.push(['begin', operation]),
    queued: (bytes) => bytes > 0 && reports.push(['queued', bytes]),
    received: (bytes) => bytes > 0 && reports.push(['received', bytes]),
    end: (outcome) => reports.push(['end', outcome]),
  });
  return { ...pair, storage, tally, reports };
}

for (const wire of WIRES) {
  t.test(`commands are reported as transfers, ${wire.name}`, async (t) => {
    const { peer, tally, reports } = await open(t, wire);
    const { command, upload } = wire;
    await peer.send(
      joined(upload('a', 'abc'), command('GET a'), command('HELLO'), command('LIST')),
    );
    await eventually('all are handled', () => tally.requests + tally.refused === 4);
    const sent = wire.name === 'raw' ? 'queued' : 'received'; // encoded bytes are not bytes of the file
    t.strictSame(reports, [
      ...[
        ['begin', 'upload'],
        ['received', 3],
        ['end', 'done'],
      ],
      ...[
        ['begin', 'download'],
        [sent, 3],
        ['end', 'done'],
      ],
      ...[
        ['begin', ''],
        ['end', 'refused'],
      ],
      ...[
        ['begin', 'list'],
        ['end', 'done'],
      ],
    ]);
    t.strictSame(tally, { requests: 3, refused: 1 });
  });

  t.test(`a download whose peer doesn't read buffers one part, ${wire.name}`, async (t) => {
    const { peer, socket, storage, tally } = await open(t, wire);
    writeFileSync(join(storage, 'long'), '');
    truncateSync(join(storage, 'long'), 100_000_000);
    peer.push(wire.command('GET long'));
    await settled('what is sent', async () => socket.bytesWritten || null);
    t.ok(socket.bytesWritten < 50_000_000);
    t.ok(socket.writableLength <= 66_000, `${socket.writableLength} bytes are buffered`);
    t.strictSame(tally, { requests: 0, refused: 0 });
    peer.leave();
  });

  t.test(`a file that becomes shorter ends the connection, ${wire.name}`, async (t) => {
    const { peer, socket, storage, tally } = await open(t, wire);
    writeFileSync(join(storage, 'long'), '');
    truncateSync(join(storage, 'long'), 100_000_000);
    peer.push(wire.command('GET long'));
    await peer.read(1000);
    truncateSync(join(storage, 'long'), 0);
    const all = wire.content(binary(0)).length + 140_000_000;
    await peer.read(all).catch(() => {});
    peer.end();
    await eventually('the connection is closed', () => socket.destroyed);
    t.strictSame(tally, { requests: 0, refused: 0 });
  });
}
