import t from 'tap';
import { files } from '../../../../bench/services/files/files.js';
import { ownNames, preparedNames } from '../../../../bench/services/files/names.js';
import type { StagedCell } from '../../../../bench/services/service.js';

function cellOf(op: string): StagedCell {
  const [load] = files.loads({ op: [op], entries: 3 });
  if (!load) throw new Error('no load');
  return { ...load, connections: 2, repeat: 2, timeoutNs: 1e9, stallNs: 0 };
}

const REQUESTS = ['0-0', '0-1', '1-0', '1-1'];

t.test('a storage has the files of its operation before the traffic', async (t) => {
  t.same(preparedNames(cellOf('download')), ['download']);
  t.same(preparedNames(cellOf('list')), ['entry-0', 'entry-1', 'entry-2']);
  t.same(preparedNames(cellOf('delete')), REQUESTS, 'one for each request of each client');
  t.same(preparedNames(cellOf('upload')), []);
});

t.test('the files of a trial are also those that clients upload', async (t) => {
  t.same(ownNames(cellOf('upload')), REQUESTS);
  for (const op of ['download', 'list', 'delete'])
    t.same(ownNames(cellOf(op)), preparedNames(cellOf(op)));
});
