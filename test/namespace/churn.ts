/** Short connections with 64 ephemeral ports: run by scripts/test-namespace in a namespace without TIME_WAIT ports. */
import t from 'tap';
import { c10k } from '../support/command.js';
import { clients, countBy, PORTS } from '../support/few-ports.js';

t.test('connections that open and close leave no ports in TIME_WAIT', async (t) => {
  const directory = t.testdir();
  const churn = ['--conns', '20', '--repeat', '1', '--duration', '1s', '--trials', '1'];
  const { code } = await c10k(directory, ...churn, '--output', 'run');
  t.equal(code, 0);
  const rows = clients(directory, '1-epoll-20');
  t.ok(rows.length > 10 * PORTS, `${rows.length} connections`);
  t.strictSame(countBy(rows, 'error'), { '': rows.length });
});
