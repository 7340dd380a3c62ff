/** The research question of a run, and the command that reproduces it. */
import t from 'tap';
import type { ExperimentOptions } from '../../../../bench/plan/plan.js';
import { load, question, seconds, title } from '../../../../bench/report/document/question.js';
import { study } from '../../../../bench/report/study/study.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { loadOf } from '../../../../bench/services/echo/echo.js';
import { echoWording } from '../../../../bench/services/echo/wording.js';
import { cellOf } from '../../../support/cells.js';
import { storedRun } from '../../../support/stored.js';

type Run = ReturnType<typeof storedRun>;

/** The question and the paragraph that follows it. */
function asked(options: Partial<ExperimentOptions>, other: Partial<Run> = {}): string[] {
  const { blocks } = question(study({ ...storedRun({ trials: 1, ...options }), ...other }));
  return blocks.map((block) => (block.kind === 'paragraph' ? plain(block.text) : block.kind));
}

t.test('the command is shown as typed, without the output directory', async (t) => {
  const kept = (...words: string[]) =>
    (asked({}, { command: ['c10k', ...words] })[1] ?? '').replace(/^.*started as |\.$/g, '');
  t.equal(kept('--conns', '5', '--output', 'x', '--quiet'), 'c10k --conns 5 --quiet');
  t.equal(kept('--output=x', '--conns', '5'), 'c10k --conns 5');
  t.equal(kept('-o', 'x', '--conns', '5'), 'c10k --conns 5');
  t.equal(kept('-ox', '--conns', '5'), 'c10k --conns 5');
  t.equal(kept('--message', '-', 'a b'), "c10k --message - 'a b'");
});

t.test('the question for one server is about itself, for several a comparison', async (t) => {
  const [one] = asked({ servers: ['epoll'], connections: [1] });
  t.match(one, /^How does epoll perform with 1 connection: throughput/);
  const [several] = asked({ idle: [0, 900], rates: [5000] });
  t.match(
    several,
    /^Which of epoll, poll and libuv serves the same requests .* with 100 and 1,000 connections beside 0 and 900 idle ones, at 5,000 messages per second in total\?$/,
  );
});

t.test('the question names a varying factor of the service and its values', async (t) => {
  const of = (op: string[], source: string[]) =>
    asked({ service: 'bulk', loads: bulk.loads({ op, source }) })[0] ?? '';
  t.match(of(['get'], ['memory', 'file']), /connections, from memory and file\?$/);
  t.match(of(['put', 'get'], ['memory', 'file']), /, for put and get, from memory and file\?$/);
  t.match(of(['put', 'get'], ['file']), /connections, for put and get\?$/);
});

t.test('a title names up to four servers', async (t) => {
  const of = (...servers: string[]) =>
    title(study(storedRun({ servers, connections: [100], trials: 1 })));
  t.equal(of('epoll', 'poll'), 'epoll and poll with 100 connections');
  const five = of('epoll', 'poll', 'libuv', 'select', 'threads');
  t.equal(five, '5 servers with 100 connections');
});

t.test('a load states the amount, rate and size that each connection sends', async (t) => {
  const of = (options: Partial<ExperimentOptions>) => load([cellOf(options)], echoWording);
  t.match(of({ repeat: 1 }), /^Each connection sends 1 message of/);
  t.match(of({ repeat: 20 }), /^Each connection sends 20 messages of/);
  t.match(of({ repeat: 0, durationNs: 5e8 }), /^For 500 ms each connection sends messages of/);
  t.match(
    of({ rates: [50], arrival: 'poisson' }),
    /, on an absolute schedule \(poisson arrivals\)/,
  );
  const sizes = [1, 9].map((size) =>
    cellOf({ loads: [loadOf({ kind: 'size', low: size, high: size })] }),
  );
  t.match(load(sizes, echoWording), / of 1 byte and 9 bytes,/);
  t.equal(load([], echoWording), '');
});

t.test('a lifetime is stated with its distribution', async (t) => {
  const of = (lifetime: ExperimentOptions['lifetime']) => asked({ lifetime })[1];
  t.notMatch(of({ kind: 'none' }), /lives/);
  t.match(of({ kind: 'fixed', ns: 5e9 }), /lives for 5 s\./);
  t.match(of({ kind: 'uniform', lowNs: 1e8, highNs: 2e9 }), /lives for 100 ms to 2 s\./);
  t.match(of({ kind: 'exponential', meanNs: 1e9 }), /lives for 1 s on average, exponentially/);
});

t.test('times of one second or more are in seconds', async (t) => {
  t.same([999e6, 1e9, 1.5e9].map(seconds), ['999 ms', '1 s', '1.5 s']);
});
