/** Rows of transfers with default values, which a test overrides. */
import type { ClientTransfer, ServerTransfer } from '../../lib/account/transfers.js';
import { CLIENT_ROW, SERVER_ROW } from './rows.js';

/** A transfer on the connection of SERVER_ROW. */
export const SERVER_TRANSFER: ServerTransfer = {
  remoteAddress: SERVER_ROW.remoteAddress,
  remotePort: SERVER_ROW.remotePort,
  opened: SERVER_ROW.opened,
  ...{ number: 1, operation: 'get', bytes: 1_000_000, outcome: 'done' },
  ...{ began: 6_000_000, ended: 7_250_000 },
};

/** A transfer on the connection of CLIENT_ROW. */
export const CLIENT_TRANSFER: ClientTransfer = {
  localAddress: CLIENT_ROW.localAddress,
  localPort: CLIENT_ROW.localPort,
  opened: CLIENT_ROW.opened,
  ...{ number: 1, operation: 'get', bytes: 1_000_000, failure: '' },
  ...{ due: 1_100_000, sent: 1_200_000, firstAnswer: 1_500_000, ended: 3_000_000 },
};
