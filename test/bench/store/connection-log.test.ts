/** The log of connections: its lines and their order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { logTo, openConnectionLog } from '../../../bench/store/connection-log.js';
import { openingRow } from '../../../lib/account/server-rows.js';
import { SERVER_ROW } from '../../support/rows.js';
import { SERVER_TRANSFER } from '../../support/transfers.js';

const NO_NAMES = new Map<string, string>();
const PEER = { address: '192.0.2.7', port: 1 };

/** A log with a fixed clock, and the text it has written. */
function logAt() {
  const written: string[] = [];
  const clock = { ns: 0 };
  const write = async (text: string) => {
    written.push(...text.trimEnd().split('\n'));
  };
  const log = logTo({ write, close: async () => {} }, () => clock.ns);
  return { log, clock, written };
}

t.test('a line has the time, the event and the address of the peer', async (t) => {
  const { log, written } = logAt();
  const rows = [
    openingRow(PEER, 1e6),
    { ...openingRow({ address: '::1', port: 2 }, 2e6) },
    { ...SERVER_ROW, opened: 5e6, closed: 7.5e6 },
    { ...SERVER_ROW, remoteAddress: '', remotePort: 0, closed: 8e6, closeReason: 'reset' },
  ];
  await log.append(rows, [], new Map([['192.0.2.7', 'client.example']]));
  await log.finish();
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;
  for (const line of written) t.match(line, time);
  t.same(
    written.map((line) => line.replace(time, '')),
    [
      'opened 192.0.2.7:1 name=client.example loop=0',
      'opened [::1]:2 loop=0',
      'closed 127.0.0.1:40000 loop=0 duration=0.002500s requests=2 bytes_in=40 bytes_out=44 reason=end',
      'closed unknown loop=0 duration=0.003000s requests=2 bytes_in=40 bytes_out=44 reason=reset',
    ],
  );
});

t.test('a transfer has a line when it ends, between those of its connection', async (t) => {
  const { log, written } = logAt();
  const refused = { ...SERVER_TRANSFER, operation: '', outcome: 'refused', ended: 7.4e6 } as const;
  await log.append([SERVER_ROW], [SERVER_TRANSFER, refused], NO_NAMES);
  await log.finish();
  t.match(written, [
    /transfer 127\.0\.0\.1:40000 number=1 operation=get bytes=1000000 duration=0\.001250s outcome=done$/,
    /transfer 127\.0\.0\.1:40000 number=1 operation=unknown .* outcome=refused$/,
    / closed /,
  ]);
});

t.test('times are wall-clock times', async (t) => {
  const { log, clock, written } = logAt();
  clock.ns = 5e9;
  const before = Date.now();
  await log.append([openingRow(PEER, 4e9)], [], NO_NAMES);
  await log.finish();
  const at = Date.parse(written[0]?.split(' ')[0] ?? '');
  t.ok(at >= before - 1000 && at <= Date.now() - 1000 + 1, `${at} is 1 s before ${before}`);
});

t.test('rows of a later call are written first if they are earlier', async (t) => {
  const { log, clock, written } = logAt();
  const ports = () => written.map((line) => Number(line.match(/:(\d+) loop/)?.[1]));
  clock.ns = 100;
  await log.append([openingRow({ ...PEER, port: 2 }, 90)], [], NO_NAMES);
  t.same(ports(), []);
  clock.ns = 200;
  await log.append([openingRow({ ...PEER, port: 3 }, 150), openingRow(PEER, 80)], [], NO_NAMES);
  t.same(ports(), [1, 2]);
  await log.finish();
  t.same(ports(), [1, 2, 3]);
});

t.test('lines are appended to a file', async (t) => {
  const path = join(t.testdir({ log: 'kept\n' }), 'log');
  const log = await openConnectionLog(path);
  await log.append([SERVER_ROW], [], NO_NAMES);
  await log.finish();
  await log.close();
  t.match(readFileSync(path, 'utf8'), /^kept\n\S+ closed 127\.0\.0\.1:40000 [^\n]*\n$/);
});

t.test('a file that cannot be written is refused', async (t) => {
  const path = join(t.testdir(), 'missing/log');
  await t.rejects(openConnectionLog(path), {
    message: `--log ${path}: no such file or directory; allowed: a file that can be written, or - for standard output`,
  });
});
