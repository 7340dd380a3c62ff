/** Tables without rules. */
import pc from 'picocolors';
import t from 'tap';
import { plainTable } from '../../../../bench/report/terminal/plain-table.js';

t.test('columns are aligned and separated by two spaces, without trailing spaces', async (t) => {
  const rows = [
    ['name', 'n', 'note'],
    ['epoll', '10,000', ''],
    ['a', '7', 'x'],
  ];
  t.equal(
    plainTable(rows, ['left', 'right', 'left']),
    ['name        n  note', 'epoll  10,000', 'a           7  x'].join('\n'),
  );
});

t.test('colour codes have no width', async (t) => {
  const { bold } = pc.createColors(true);
  const table = plainTable(
    [
      [bold('ab'), '1'],
      ['abc', '22'],
    ],
    ['left', 'right'],
  );
  t.equal(table.replace(bold('ab'), 'ab'), 'ab    1\nabc  22');
});
