/** `serve --log` and `--names`, for every model that keeps rows. */
import t from 'tap';
import { c10k } from '../../support/command.js';
import { eventually } from '../../support/eventually.js';
import { ACCOUNTING, skipOf } from '../../support/models.js';
import { Peer } from '../../support/peer.js';
import { startServing } from '../../support/serving.js';

// The tests wait for processes to start.
t.jobs = 2;

for (const model of ACCOUNTING)
  t.test(`${model.name}: the log lists opens and closes`, { skip: skipOf(model) }, async (t) => {
    const server = await startServing(t, '--server', model.name, '--log', 'list.log');
    const lines = () => server.text('../list.log').trimEnd().split('\n');
    const peer = await Peer.connect(t, server.port);
    t.equal(await peer.ask('request\n'), 'request\n');
    await eventually('the opening is logged', () => lines()[0] !== '');
    t.match(lines(), [/^\S+Z opened 127\.0\.0\.1:\d+ loop=\d+$/]);
    t.same(server.rows(), [], 'there is no row before the connection closes');
    peer.end();
    await eventually('the closing is logged', () => lines().length === 2);
    t.match(
      lines()[1],
      /^\S+Z closed 127\.0\.0\.1:\d+ loop=\d+ duration=\d+\.\d{6}s requests=1 bytes_in=8 bytes_out=8 reason=end$/,
    );
    // Of several processes or threads, the kernel decides which one accepts.
    const [row, ...others] = server.rows();
    t.same(others, []);
    for (const line of lines()) t.match(line, ` loop=${row?.loop}`);
  });

t.test('names appear in the table and on standard output, beside the addresses', async (t) => {
  const server = await startServing(t, '--server', 'epoll', '--log', '-', '--names');
  (await Peer.connect(t, server.port)).end();
  await eventually('its row is on disk', () => server.rows().length === 1);
  const [row] = server.rows();
  t.equal(row?.remote_address, '127.0.0.1');
  t.match(row?.remote_name, /^[\w.-]+$/);
  server.child.kill('SIGINT');
  const { stdout } = await server.ended;
  const peer = `127\\.0\\.0\\.1:\\d+ name=${row?.remote_name}`;
  t.match(
    stdout,
    new RegExp(`\n\\S+Z opened ${peer} loop=0\n\\S+Z closed ${peer} loop=0 duration=`),
  );
});

t.test('--log is refused for a server without rows, and without --output', async (t) => {
  const control = await c10k(t.testdir(), 'serve', '--server', 'control', '--log', '-');
  t.match(control, { code: 2, stderr: /not supported by --server control/ });
  const nowhere = await c10k(t.testdir(), 'serve', '--log', 'missing/log');
  t.match(nowhere, { code: 2, stderr: /--log missing\/log: no such file or directory; allowed/ });
});
