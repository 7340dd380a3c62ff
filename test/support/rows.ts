/** Rows of connections with default values, which a test overrides. */
import type { ClientRow } from '../../lib/account/client-rows.js';
import type { ServerRow } from '../../lib/account/server-rows.js';

export const SERVER_ROW: ServerRow = {
  ...{ loop: 0, remoteAddress: '127.0.0.1', remotePort: 40_000 },
  ...{ opened: 5_000_000, closed: 7_500_000 },
  ...{ requests: 2, refused: 0, bytesIn: 40, bytesOut: 44, closeReason: 'end' },
};

export const CLIENT_ROW: ClientRow = {
  ...{ process: 0, thread: 1, localAddress: '127.0.0.1', localPort: 40_000 },
  ...{ client: 7, idle: false },
  ...{
    opened: 1_000_000,
    connected: 1_050_500,
    freeAt: 1_060_000,
    closed: 3_050_500,
    firstAnswer: 12_345,
    lifetime: 0,
  },
  ...{ requestsWanted: 2, requests: 2, bytesSent: 40, bytesReceived: 44, payload: 0 },
  ...{ serviceMean: 10_000.4, serviceMin: 8000, serviceMax: 12_001, failure: '', retried: false },
};
