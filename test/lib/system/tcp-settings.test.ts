/** TCP settings of sysctls, see tcp(7). */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { parseTriple, readTcpSettings } from '../../../lib/system/tcp-settings.js';

t.test('a setting of three numbers is valid only with exactly three numbers', async (t) => {
  t.strictSame(parseTriple('4096\t131072\t33554432\n'), [4096, 131072, 33554432]);
  for (const text of ['4096 131072', '1 2 3 4', 'a b c', '', null])
    t.equal(parseTriple(text), null);
});

t.test('each setting of this machine is read from the corresponding file', async (t) => {
  const { congestionControl, availableCongestionControls, receiveBuffer, sendBuffer } =
    readTcpSettings();
  const file = (name: string) => {
    try {
      return readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8').trim();
    } catch {
      return null; // a sandbox may hide it
    }
  };
  const joined = (sizes: typeof receiveBuffer) =>
    sizes && `${sizes.min}\t${sizes.initial}\t${sizes.max}`;
  t.equal(congestionControl, file('tcp_congestion_control'));
  t.equal(availableCongestionControls?.join(' ') ?? null, file('tcp_available_congestion_control'));
  t.equal(joined(receiveBuffer), file('tcp_rmem')?.replace(/\s+/g, '\t') ?? null);
  t.equal(joined(sendBuffer), file('tcp_wmem')?.replace(/\s+/g, '\t') ?? null);
});
