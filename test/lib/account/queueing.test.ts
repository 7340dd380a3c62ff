/** The delay until a connection is accepted, joined row by row. */
import t from 'tap';
import { queueingDelays } from '../../../lib/account/queueing.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';

const CLIENT = { ...CLIENT_ROW, opened: 90, connected: 100, freeAt: 100 };
const delaysOf = (client: object, server: object, rowsLost = false) => [
  ...queueingDelays([{ ...CLIENT, ...client }], [{ ...SERVER_ROW, ...server }], rowsLost).values(),
];

t.test('the delay counts from when the connection could send', async (t) => {
  t.same(delaysOf({}, { opened: 350 }), [250]);
  t.same(delaysOf({ freeAt: 300 }, { opened: 350 }), [50], 'the barrier opened after connecting');
  t.same(delaysOf({ freeAt: 300 }, { opened: 120 }), [0], 'accepted before the barrier opened');
});

t.test(
  'connections that one side does not know, and those that never could send, have none',
  async (t) => {
    t.same(delaysOf({ freeAt: 0 }, {}), []);
    t.same(delaysOf({}, { remotePort: 1 }), []);
    t.same(delaysOf({}, { remoteAddress: '' }), []);
  },
);

t.test('consecutive connections of one port are joined in order', async (t) => {
  const later = { ...CLIENT, opened: 900, connected: 1000, freeAt: 1000 };
  const servers = [
    { ...SERVER_ROW, opened: 1001 },
    { ...SERVER_ROW, opened: 107 },
  ];
  const delays = queueingDelays([CLIENT, later], servers, false);
  t.same([delays.get(CLIENT), delays.get(later)], [7, 1]);
});
