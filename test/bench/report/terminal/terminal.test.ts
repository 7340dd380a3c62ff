/** Capabilities of an output stream. */
import t, { type Test } from 'tap';
import { terminalOf } from '../../../../bench/report/terminal/terminal.js';

/** The capabilities of a stream in an environment with only these variables. */
function terminal(t: Test, stream: object, env: Readonly<Record<string, string>> = {}) {
  t.intercept(process, 'env', { value: env });
  return terminalOf(stream as NodeJS.WriteStream);
}

t.test('a pipe has no width, no colours and no redrawn lines', async (t) => {
  const { width, live, colors } = terminal(t, { columns: 90 });
  t.same([width, live, colors.isColorSupported], [Number.POSITIVE_INFINITY, false, false]);
});

t.test('a terminal has a width, colours and redrawn lines', async (t) => {
  const { width, live, colors } = terminal(t, { isTTY: true, columns: 90 });
  t.same([width, live, colors.isColorSupported], [90, true, true]);
});

t.test('a terminal of unknown width has 80 columns', async (t) => {
  t.equal(terminal(t, { isTTY: true }).width, 80);
});

t.test('NO_COLOR disables only colours, unless it is empty', async (t) => {
  const of = (value: string) => terminal(t, { isTTY: true }, { NO_COLOR: value });
  t.match(of('1'), { live: true, colors: { isColorSupported: false } });
  t.match(of(''), { live: true, colors: { isColorSupported: true } });
});

t.test('a dumb terminal is treated as a pipe', async (t) => {
  t.match(terminal(t, { isTTY: true, columns: 90 }, { TERM: 'dumb' }), {
    ...{ live: false, width: Number.POSITIVE_INFINITY, colors: { isColorSupported: false } },
  });
});
