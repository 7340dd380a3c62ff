/** Joins the rows of both sides. */
import t from 'tap';
import { rowPairs } from '../../../lib/account/row-pairs.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';

t.test('rows of one connection are a pair; others have one side', async (t) => {
  const other = { ...CLIENT_ROW, localPort: 1 };
  const unknown = { ...SERVER_ROW, remotePort: 2 };
  t.same(
    [...rowPairs([CLIENT_ROW, other], [SERVER_ROW, unknown], false)],
    [
      { client: CLIENT_ROW, server: SERVER_ROW },
      { client: other, server: undefined },
      { client: undefined, server: unknown },
    ],
  );
});

t.test('connections without an address on either side are left out', async (t) => {
  const never = { ...CLIENT_ROW, connected: 0, localAddress: '', localPort: 0 };
  const reset = { ...SERVER_ROW, remoteAddress: '', remotePort: 0 };
  t.same([...rowPairs([never], [reset], false)], []);
});
