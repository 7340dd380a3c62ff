import t from 'tap';
import type { Note } from '../../../../bench/facts.js';
import { notesWithNames } from '../../../../bench/report/text/notes.js';
import { serverName } from '../../../../bench/report/text/server-name.js';
import { summarize } from '../../../../bench/statistics/summarize.js';
import { cellOf, FIXED, recordOf } from '../../../support/cells.js';

/** Rows of two servers with these notes. */
function rowsWith(...notes: readonly Note[][]) {
  const cells = ['epoll', 'poll'].map((server, i) => ({
    ...cellOf({ servers: [server] }),
    number: i + 1,
  }));
  const records = cells.map((cell, i) =>
    recordOf(cell, {
      verdict: { valid: true, clientBound: false, problems: [], notes: notes[i] ?? [] },
    }),
  );
  return summarize({ cells, controls: [], ...FIXED }, records);
}

t.test('notes of one kind are one line with the names of their cells', async (t) => {
  const rows = rowsWith(
    [{ kind: 'segments retransmitted', figures: { segments: 20 } }],
    [
      { kind: 'segments retransmitted', figures: { segments: 30 } },
      { kind: 'shared CPU', figures: {} },
    ],
  );
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

t.test('notes written as sentences by earlier versions are grouped in the same way', async (t) => {
  const note = (text: string): Note => ({ kind: 'earlier', figures: { text } });
  const rows = rowsWith(
    [note('20 segments retransmitted')],
    [note('30 segments retransmitted'), note('server and client share a CPU')],
  );
  t.same(notesWithNames(rows, serverName), [
    ['20 to 30 segments retransmitted', ['every cell']],
    ['server and client share a CPU', ['poll at 10']],
  ]);
});
