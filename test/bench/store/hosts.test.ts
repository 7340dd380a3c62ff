/** Clients of a server by host: the requests of each, and its row in hosts.csv. */
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { addRows, type Hosts, hostTable, namedHosts } from '../../../bench/store/hosts.js';
import { SERVER_ROW } from '../../support/rows.js';

t.test('connections of a host are summed over several calls', async (t) => {
  const hosts: Hosts = new Map();
  addRows(hosts, [SERVER_ROW, { ...SERVER_ROW, remoteAddress: '::1', requests: 5 }]);
  addRows(hosts, [{ ...SERVER_ROW, bytesIn: 1 }]);
  addRows(hosts, []);
  t.same(
    [...hosts],
    [
      ['127.0.0.1', { connections: 2, requests: 4, bytesIn: 41, bytesOut: 88 }],
      ['::1', { connections: 1, requests: 5, bytesIn: 40, bytesOut: 44 }],
    ],
  );
});

t.test('a connection without an address belongs to no host', async (t) => {
  const hosts: Hosts = new Map();
  addRows(hosts, [{ ...SERVER_ROW, remoteAddress: '', remotePort: 0 }]);
  t.equal(hosts.size, 0);
});

t.test('an address that is not an IP address is its own name', async (t) => {
  const totals = { connections: 1, requests: 2, bytesIn: 3, bytesOut: 4 };
  t.same(await namedHosts(new Map([['/run/socket', totals]])), [
    { address: '/run/socket', name: '/run/socket', ...totals },
  ]);
  t.same(await namedHosts(new Map()), []);
});

t.test('a table that is read back has the same values, whatever a name contains', async (t) => {
  const host = {
    address: '::1',
    name: 'a "b", c\nd',
    connections: 1,
    requests: 2,
    bytesIn: 2 ** 40,
  };
  t.same(parse(hostTable([{ ...host, bytesOut: 0 }]), { columns: true }), [
    {
      ...{ host_name: host.name, address: '::1', connections: '1', requests: '2' },
      ...{ bytes_in: '1099511627776', bytes_out: '0' },
    },
  ]);
  t.equal(hostTable([]).trim(), 'host_name,address,connections,requests,bytes_in,bytes_out');
});
