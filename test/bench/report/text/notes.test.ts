import t from 'tap';
import type { Note } from '../../../../bench/facts.js';
import { notesWithNames } from '../../../../bench/report/text/notes.js';
import { serverName } from '../../../../bench/report/text/server-name.js';
import { summarize } from '../../../../bench/statistics/summarize.js';
import { cellOf, FIXED, recordOf } from '../../../support/cells.js';

t.test('notes of one kind are one line with the cells that have them', async (t) => {
  const notes: readonly Note[][] = [
    [{ kind: 'segments retransmitted', figures: { segments: 20 } }],
    [
      { kind: 'segments retransmitted', figures: { segments: 30 } },
      { kind: 'shared CPU', figures: {} },
    ],
  ];
  const cells = ['epoll', 'poll'].map((server, i) => ({
    ...cellOf({ servers: [server] }),
    number: i + 1,
  }));
  const records = cells.map((cell, i) =>
    recordOf(cell, {
      verdict: { valid: true, clientBound: false, problems: [], notes: notes[i] ?? [] },
    }),
  );
  const rows = summarize({ cells, control: null, ...FIXED }, records);
  t.same(notesWithNames(rows, serverName), [
    ['20 to 30 segments retransmitted', ['every cell']],
    ['server and client share a CPU', ['poll at 10']],
  ]);
  const shared = notesWithNames(rows, serverName, ({ kind }) => kind === 'shared CPU');
  t.same(
    shared.map(([note]) => note),
    ['server and client share a CPU'],
  );
});
