/** The storage of a trial at a server that c10k has not started, against servers of c10k. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { contentOf } from '../../../../bench/services/files/content.js';
import { files } from '../../../../bench/services/files/files.js';
import { remoteStage } from '../../../../bench/services/files/remote-stage.js';
import type { UntimedConnection } from '../../../../bench/services/untimed.js';
import { compareSides, gaveUp, refusedOf, serverSides } from '../../../../lib/account/reconcile.js';
import { filesService, WIRES, type WireFormat } from '../../../support/files.js';
import { HOST } from '../../../support/host.js';
import { serve } from '../../../support/server.js';

const NEVER = new AbortController().signal;
const REQUESTS = ['0-0', '0-1', '1-0', '1-1'];

async function served(t: Test, wire: WireFormat, options = {}) {
  const directory = t.testdir();
  const server = await serve(t, 'epoll', { service: filesService(wire, directory, options) });
  const untimed: UntimedConnection[] = [];
  const onEnded = (connection: UntimedConnection) => void untimed.push(connection);
  const target = { host: HOST, port: server.port, onEnded };
  return {
    server,
    untimed,
    directory,
    names: () => readdirSync(directory).sort(),
    stage: (flags: object, signal = NEVER) => {
      const [load] = files.loads({ wire: [wire.name], ...flags });
      if (!load) throw new Error('no load');
      const limits = { timeoutNs: 60e9, stallNs: 0 };
      return remoteStage({ ...load, ...limits, connections: 2, repeat: 2 }, target, signal);
    },
  };
}

for (const wire of WIRES) {
  t.test(`${wire.name}: the files of each operation are uploaded, and deleted again`, async (t) => {
    const { stage, names, directory } = await served(t, wire);
    writeFileSync(join(directory, 'kept'), '');
    for (const [flags, prepared] of [
      [{ op: ['download'], size: [1000] }, ['download', 'kept']],
      [{ op: ['delete'] }, [...REQUESTS, 'kept']],
      [{ op: ['upload'], size: [1000] }, ['kept']],
    ] as const) {
      const { clear, countWrong } = await stage(flags);
      t.same(names(), prepared);
      if (flags.op[0] === 'download') t.equal(await countWrong(4), 0, 'nothing was to change');
      await clear();
      t.same(names(), ['kept']);
    }
  });

  t.test(`${wire.name}: a listing has only its entries`, async (t) => {
    const { stage, names, directory } = await served(t, wire);
    const { clear } = await stage({ op: ['list'], entries: 2 });
    t.same(names(), ['entry-0', 'entry-1']);
    await clear();
    t.same(names(), []);
    for (const name of ['one', 'other']) writeFileSync(join(directory, name), '');
    await t.rejects(stage({ op: ['list'], entries: 2 }), {
      message: /^\S+:\d+: the storage has one and 1 more; allowed: an empty one$/,
    });
    t.same(names(), ['one', 'other']);
  });

  t.test(`${wire.name}: uploads are fetched back, compared and deleted`, async (t) => {
    const { stage, names, directory } = await served(t, wire);
    const { countWrong, clear } = await stage({ op: ['upload'], size: [1000] });
    const bytes = readFileSync((await contentOf(1000)).raw);
    for (const name of REQUESTS) writeFileSync(join(directory, name), bytes);
    t.equal(await countWrong(4), 0);
    writeFileSync(join(directory, '0-1'), bytes.subarray(1));
    t.equal(await countWrong(4), 1, 'one is shorter');
    rmSync(join(directory, '1-0'));
    t.equal(await countWrong(4), 2, 'another one is missing');
    t.equal(await countWrong(2), 0, 'these were not confirmed');
    await clear();
    t.same(names(), []);
  });

  t.test(`${wire.name}: deletions without effect are counted`, async (t) => {
    const { stage, directory } = await served(t, wire);
    const { countWrong, clear } = await stage({ op: ['delete'] });
    rmSync(join(directory, '0-1'));
    t.equal(await countWrong(1), 0);
    t.equal(await countWrong(4), 3);
    await clear();
  });

  t.test(`${wire.name}: files of these names are neither replaced nor deleted`, async (t) => {
    const { stage, directory } = await served(t, wire);
    writeFileSync(join(directory, '1-0'), 'another');
    for (const op of ['upload', 'delete'])
      await t.rejects(stage({ op: [op] }), {
        message: /: the storage has 1-0; allowed: one without files of these names$/,
      });
    t.equal(readFileSync(join(directory, '1-0'), 'utf8'), 'another');
  });

  t.test(`${wire.name}: of a preparation that fails nothing remains`, async (t) => {
    const { stage, names } = await served(t, wire, { largest: '3' });
    await t.rejects(stage({ op: ['list'], entries: 2 }), { message: /entry-0: too large$/ });
    await t.rejects(stage({ op: ['download'], size: [1000] }), { message: /download: too large$/ });
    t.same(names(), []);
  });
}

for (const wire of WIRES)
  t.test(`${wire.name}: each of its connections agrees with the server’s row`, async (t) => {
    const { stage, server, untimed, directory } = await served(t, wire);
    for (const flags of [{ op: ['download'], size: [1000] }, { op: ['delete'] }])
      await (await stage(flags)).clear();
    const { countWrong, clear } = await stage({ op: ['upload'], size: [100_000] });
    const bytes = readFileSync((await contentOf(100_000)).raw);
    writeFileSync(join(directory, '0-0'), bytes);
    writeFileSync(
      join(directory, '0-1'),
      bytes.map((byte) => byte ^ 1),
    );
    writeFileSync(join(directory, '1-0'), 'shorter');
    t.equal(await countWrong(3), 2);
    await clear();
    t.same(new Set(untimed.map(({ phase }) => phase)), new Set(['before', 'after']));
    t.ok(untimed.some(({ failure }) => failure === 'interrupted'));
    const rows = await server.stop();
    const sides = untimed.map((each, opened) => ({
      ...{ address: each.localAddress, port: each.localPort, opened, requests: each.requests },
      refused: refusedOf(each.failure),
      ...{ toServer: each.bytesSent, toClient: each.bytesReceived },
      gaveUp: gaveUp(each.failure),
    }));
    t.match(compareSides(sides, serverSides(rows)), {
      ...{ compared: untimed.length, mismatches: 0 },
      examples: [],
    });
  });

t.test('an abort during the preparation leaves nothing', async (t) => {
  const [wire] = WIRES as [WireFormat];
  const { stage, names } = await served(t, wire);
  const stop = new AbortController();
  const made = stage({ op: ['list'], entries: 100_000 }, stop.signal);
  while (names().length === 0) await new Promise(setImmediate);
  stop.abort();
  await t.rejects(made);
  t.same(names(), []);
});

t.test('a server that has gone is an error', async (t) => {
  const [wire] = WIRES as [WireFormat];
  const { stage, server } = await served(t, wire);
  const { clear } = await stage({ op: ['upload'], size: [10] });
  await server.stop();
  await t.rejects(clear(), { message: /: LIST: [^\n]+$/ });
  await t.rejects(stage({ op: ['upload'], size: [10] }), { message: /: LIST: [^\n]+$/ });
});
