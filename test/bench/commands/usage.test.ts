/** Invalid input: one line with the value, what is wrong and what is allowed; nothing is started. */
import { readdirSync } from 'node:fs';
import t from 'tap';
import { execute } from '../../../bench/cli/program.js';
import { COMMANDS } from '../../../bench/commands/registry.js';
import { c10k } from '../../support/command.js';

const REFUSED: readonly (readonly [args: string[], said: RegExp])[] = [
  [['--server', 'nope'], /--server nope.*allowed: all, control, select/],
  [['--server', 'epol'], /did you mean epoll/],
  [['--server', 'all,epoll'], /--server epoll: named twice/],
  [['--server', 'epoll', '--server', 'epoll'], /--server epoll: named twice/],
  [['--server', 'cmd:python3 server.py'], /no \{port\}/],
  [['--control', 'cmd:python3 server.py'], /no \{port\}/],
  [['--slices', 'on'], /--slices on: needs --duration/],
  [['--conns', '0'], /--conns 0.*allowed: 1 to/],
  [['--conns', '-1'], /--conns -1/],
  [['--conns', 'abc'], /--conns abc/],
  [['--conns', '1e9'], /--conns 1e9/],
  [['--conns', '10,10'], /--conns/],
  [['--repeat', '0'], /--repeat 0.*allowed: 1 to/],
  [['--port', '70000'], /--port 70000.*allowed: 0 to 65535/],
  [['--message', 'a\nb'], /--message a\\nb.*line/],
  [['--message', 'a', '--message-size', '5'], /--message-size: can't be combined with --message/],
  [['--lifetime', 'uniform:5s'], /--lifetime uniform:5s.*allowed: .*uniform:1s-10s/],
  [['--duration', '0'], /--duration 0/],
  [['--warmup', '1s'], /--warmup: needs --duration/],
  [['--timeout', '0'], /--timeout 0/],
  [['--server-cpus', '4095'], /--server-cpus 4095: not available/],
  [['--congestion', 'renno'], /--congestion renno: unknown; allowed: .*did you mean reno/],
  [
    ['--congestion', 'reno', '--server', 'epoll,cmd:./a {port}'],
    /--congestion reno: can't be set for cmd:/,
  ],
  [['ramp', '--congestion', 'reno', '--control', 'cmd:./a {port}'], /can't be set for cmd:/],
  [['serve', '--congestion', 'renno'], /--congestion renno: unknown/],
  [['--start', 'now'], /--start now.*barrier/],
  [['--bogus'], /--bogus/],
  [['bogus'], /bogus: not an argument of echo; see --help/],
  [['load'], /--target: missing/],
  [['load', '--target', 'localhost:1', '--at', 'noon'], /--at noon.*with a time zone/],
  [
    ['load', '--target', 'localhost:1', '--at', '2020-01-01T00:00:00Z'],
    /--at 2020-01-01T00:00:00.000Z: in the past/,
  ],
  [['--rate', '0'], /--rate 0/],
  [['--arrival', 'poisson'], /--arrival: needs --rate/],
  [['--preset', 'comp8006'], /did you mean comp8005/],
  [['--until-stable', '3'], /--until-stable 3/],
  [['--fail-if', 'p98>5ms'], /--fail-if p98>5ms/],
  [['ramp', '--slo', 'p99=fast'], /--slo/],
  [['load', '--target', 'localhost'], /--target localhost/],
  [['serve', '--port', '70000'], /--port 70000/],
  [['serve', '--server', 'all'], /--server all/],
  [['--message-size', '19,uniform:1-37'], /--message-size: two sizes with a mean of 19 bytes/],
  [['ramp', '--message-size', '1,2'], /several values of bytes in a message; .*one value/],
  [['ramp', '--slo', 'constructor>5'], /--slo constructor>5: not a condition/],
  [['ramp', '--slo', 'failures=0x0'], /--slo failures=0x0: the value is not a number/],
  [['ramp', '--slo', 'p99<50'], /--slo p99<50: has no unit/],
  [['ramp', '--until-stable', '3%'], /--until-stable/],
  [['--output', ''], /--output "": .*allowed: a new or empty directory/],
  [['--output', '/proc/c10k'], /--output \/proc\/c10k: no such file or directory/],
  [['serve', '--output', '/dev/null/x'], /--output \/dev\/null\/x: not a directory/],
  [['--host', ''], /--host ""/],
  [['--server', 'epoll,'], /--server epoll,: empty item/],
  [
    ['--preset', 'comp8005', '--conns', '5'],
    /--conns: can't be combined with --preset comp8005, which sets it/,
  ],
  [['--resume', 'results', '--conns', '5'], /--conns: not possible with --resume/],
  [
    ['load', '--resume', 'results', '--at', '2030-01-01T00:00:00Z'],
    /--at: not possible with --resume; allowed: --json, --quiet, --fail-if/,
  ],
  [['load', '--resume', 'nowhere'], /--resume nowhere: contains no run/],
  [['ramp', '--conns', '5'], /--conns 5: .*--from and --to/],
  [['ramp', '--from', '10', '--to', '5'], /--from 10: above --to 5/],
  [['ramp', '--to', '2000000'], /--to 2000000: too large; allowed: 1 to 1000000/],
  [['ramp', '--to', '0'], /--to 0: too small; allowed: 1 to 1000000/],
  [['ramp', '--vary', 'rate', '--from', '0'], /--from 0: too small; allowed: 1 to 100000000/],
  [['ramp', '--vary', 'load'], /--vary load: .*conns.*rate/],
  [['ramp', '--vary', 'size'], /--vary size: not a load of the service echo; allowed: conns, rate/],
  [['ramp', '--vary', 'message-size', '--message', 'x'], /--message: the ramp varies it/],
  [['ramp', '--service', 'bulk', '--vary', 'size', '--from', '5'], /--from 5: has no unit/],
  [['ramp', '--service', 'bulk', '--vary', 'size', '--size', '1kB'], /--size 1kB: .*--from/],
  [['ramp', '--vary', 'rate', '--rate', '5'], /--rate 5: .*--from and --to/],
  [['ramp', '--vary', 'rate', '--conns', '5,6'], /--conns 5,6: .*one value/],
  [['ramp', '--idle', '0,5'], /--idle 0,5: .*one value/],
  [['bulk', '--size', '0B'], /--size 0B: too small/],
  [['bulk', '--size', '1000'], /--size 1000: has no unit/],
  [['bulk', '--op', 'post'], /--op post: .*allowed: get, put/],
  [['bulk', '--message', 'x'], /--message/],
  [['files', '--beside', 'get'], /--beside get: .*allowed: list/],
  [['files', '--beside', 'list', '--duration', '1s'], /--beside: not possible with --duration/],
  [['files', '--clients', '0'], /^c10k: --clients 0: too small; allowed: 1 to/],
  [['--cap', '0'], /--cap 0: too small/],
  [['--cap', '1s', '--duration', '1s'], /--cap: needs --repeat/],
  [['--client-pool', 'fibers'], /--client-pool fibers: .*allowed: loop, threads, processes/],
  [
    ['--client-pool', 'threads', '--client-threads', '2'],
    /--client-pool threads: sets the processes and threads/,
  ],
  [['files', '--op', 'copy'], /--op copy: .*allowed: list, upload, download, delete/],
  [['files', '--size', '0B'], /--size 0B: too small/],
  [['files', '--size', '10'], /--size 10: has no unit/],
  [['files', '--size', '10XB'], /--size 10XB: /],
  [['files', '--size', '0'], /--size 0: has no unit/],
  [['files', '--conns', '0'], /--conns 0: too small/],
  [['files', '--preset', 'ets', '--wire', 'raw'], /--wire: can't be combined with --preset ets/],
  // The place of the files is left open, so that the next fault is found.
  [['files', '--preset', 'ets', '--storage', '/dev/shm', '--slices', 'on'], /--slices on: needs/],
  [['files', '--storage', '/nonexistent'], /--storage \/nonexistent: no such directory; allowed: /],
  [['files', '--storage', '/dev/null'], /--storage \/dev\/null: not a directory/],
  [['ramp', '--service', 'files', '--storage', '/dev/null'], /--storage \/dev\/null: not a dir/],
  [['serve', '--service', 'files'], /--storage: missing; allowed: an existing directory/],
  [['serve', '--service', 'files', '--storage', ''], /--storage "": not a directory/],
  [['serve', '--service', 'files', '--storage', '/nonexistent'], /no such directory; allowed: /],
  [['serve', '--service', 'files', '--wire', 'raw,base64'], /--wire: several values/],
  [['files', '--wire', 'xml'], /--wire xml: .*allowed: base64, raw/],
  [['files', '--op', 'upload', '--duration', '1s'], /--duration: not possible with --op upload/],
  [
    ['load', '--target', '127.0.0.1:9', '--wire', 'raw'],
    /--wire: not an option of the service echo/,
  ],
  [
    ['load', '--target', '127.0.0.1:9', '--service', 'files', '--op', 'get'],
    /--op get: .*allowed: list, upload/,
  ],
  [['load', '--target', '127.0.0.1:9', '--op', 'get'], /--op: not an option of the service echo/],
  [['ramp', '--service', 'gopher'], /--service gopher: unknown/],
  [['ramp', '--size', '1kB'], /--size: not an option of the service echo/],
  [['ramp', '--service', 'bulk', '--size', '1kB,1MB'], /size of a transfer; .*one value/],
  [['ramp', '--service', 'bulk', '--source', 'disk'], /--source disk: .*allowed: memory, file/],
  [['ramp', '--service', 'bulk', '--source', 'memory,file'], /several values of source; /],
  [['ramp', '--service', 'bulk', '--source', 'file', '--to', '0'], /--to 0: too small/],
  [['serve', '--source', 'file'], /--source: not an option of the service echo/],
  [
    ['serve', '--service', 'bulk', '--source', 'file,memory'],
    /--source: several values; allowed: one/,
  ],
  [['reconcile', '--server', '/dev/null', '--clients', '/etc/passwd'], /--clients \/etc\/passwd: /],
];

// In this process, because starting a process for each takes 20 s of CPU time.
await t.test('invalid input is refused with one line before anything is started', async (t) => {
  const directory = t.testdir();
  t.chdir(directory);
  for (const [args, said] of REFUSED) {
    const name = JSON.stringify(args.join(' '));
    let stderr = '';
    const code = await execute(COMMANDS, args, (text) => {
      stderr += text;
    });
    t.equal(code, 2, name);
    t.match(stderr, said, name);
    t.equal(stderr.trimEnd().split('\n').length, 1, `${name}: one line`);
    t.same(readdirSync(directory), [], `${name}: nothing is started`);
  }
});

t.jobs = 2;

/** An unknown value, option and command, a wrong file, and a missing option. */
const AS_PROCESS: readonly (readonly [args: string[], said: RegExp])[] = [
  [['--server', 'nope'], /^c10k: --server nope: .*\n$/],
  [['--bogus'], /^c10k: .*--bogus.*\n$/],
  [['bogus'], /^c10k: bogus: not an argument of echo.*\n$/],
  [['serve', '--output', '/dev/null/x'], /^c10k: --output \/dev\/null\/x: not a directory.*\n$/],
  [['load'], /^c10k: .*--target: missing.*\n$/],
];

for (const [args, said] of AS_PROCESS)
  t.test(`exit code 2 and a line on standard error: ${args.join(' ')}`, async (t) => {
    const directory = t.testdir();
    const { code, stdout, stderr } = await c10k(directory, ...args);
    t.strictSame([code, stdout], [2, '']);
    t.match(stderr, said);
    t.same(readdirSync(directory), [], 'nothing is started');
  });

t.test('an output directory that contains a run is refused', async (t) => {
  const directory = t.testdir({ old: { 'run.json': '{}' } });
  const { code, stderr } = await c10k(directory, '--output', 'old');
  t.equal(code, 2);
  t.match(stderr, /--output old: already contains a run/);
});

t.test('an output directory that contains other files is refused', async (t) => {
  const directory = t.testdir({ mine: { 'report.html': 'mine' } });
  const { code, stderr } = await c10k(directory, '--output', 'mine');
  t.equal(code, 2);
  t.match(stderr, /--output mine: already contains other files \(report\.html\)/);
});

t.test('help includes examples', async (t) => {
  const { code, stdout } = await c10k(t.testdir(), 'echo', '--help');
  t.equal(code, 0);
  t.match(stdout, /npm run bench -- --server epoll --conns 5000 --repeat 20/);
});
