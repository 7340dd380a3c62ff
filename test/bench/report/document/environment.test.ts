import t from 'tap';
import { environment } from '../../../../bench/report/document/environment.js';
import { study } from '../../../../bench/report/study/study.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { storedRun } from '../../../support/stored.js';

type Run = ReturnType<typeof storedRun>;

/** The value of a row. */
function rowOf(name: string, run: Run): string | undefined {
  const { blocks } = environment(study(run));
  const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
  const cells = rows.map((row) => row.cells.map(plain));
  return cells.find(([what]) => what === name)?.[1];
}

/** The row of the TCP congestion control; the system default is cubic. */
function congestionOf(congestion: string | null): string | undefined {
  const run = storedRun({ congestion, trials: 1 });
  const tcp = { ...run.environment.tcp, congestionControl: 'cubic' };
  const known = { ...tcp, availableCongestionControls: ['reno', 'cubic'] };
  return rowOf('TCP congestion control', {
    ...run,
    environment: { ...run.environment, tcp: known },
  });
}

t.test('the row shows the run’s congestion control and the system default', async (t) => {
  t.equal(congestionOf('reno'), 'reno, set with --congestion; the system’s is cubic');
  t.equal(congestionOf(null), 'cubic (available: reno, cubic)');
});

t.test('the file systems of the storages are named, each once', async (t) => {
  const run = storedRun({ trials: 3 });
  const on = (types: readonly (string | null)[]) => {
    const records = run.records.map((record, i) => ({
      ...record,
      fileSystem: types[i % types.length] ?? null,
    }));
    return rowOf('files on', { ...run, records });
  };
  t.equal(on(['tmpfs', 'tmpfs', null]), 'tmpfs');
  t.equal(on(['tmpfs', 'ext4']), 'tmpfs, ext4');
  t.equal(on([null]), undefined, 'no server has files');
});
