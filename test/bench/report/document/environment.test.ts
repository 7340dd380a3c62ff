import t from 'tap';
import { environment } from '../../../../bench/report/document/environment.js';
import { study } from '../../../../bench/report/study/study.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { storedRun } from '../../../support/stored.js';

/** The row of the TCP congestion control; the system default is cubic. */
function rowOf(congestion: string | null): string | undefined {
  const run = storedRun({ congestion, trials: 1 });
  const tcp = { ...run.environment.tcp, congestionControl: 'cubic' };
  const known = { ...tcp, availableCongestionControls: ['reno', 'cubic'] };
  const { blocks } = environment(
    study({ ...run, environment: { ...run.environment, tcp: known } }),
  );
  const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
  const cells = rows.map((row) => row.cells.map(plain));
  return cells.find(([what]) => what === 'TCP congestion control')?.[1];
}

t.test('the row shows the run’s congestion control and the system default', async (t) => {
  t.equal(rowOf('reno'), 'reno, set with --congestion; the system’s is cubic');
  t.equal(rowOf(null), 'cubic (available: reno, cubic)');
});
