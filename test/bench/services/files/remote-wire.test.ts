/** The commands of the wire formats; replies are tested with the storage that reads them. */
import t from 'tap';
import { REMOTE_WIRES } from '../../../../bench/services/files/remote-wire.js';
import { joined, WIRES } from '../../../support/files.js';

t.test('commands and uploads are framed as the wire format requires', async (t) => {
  for (const { name, command, upload, content } of WIRES) {
    const wire = REMOTE_WIRES[name];
    if (!wire) throw new Error(`${name}: no wire format`);
    t.equal(wire.command('GET a b'), `${command('GET a b')}`);
    const sent = name === 'raw' ? 'abcd' : Buffer.from('abcd').toString('base64');
    t.equal(
      `${joined(wire.upload('a b', 4), sent, wire.uploadEnd)}`,
      `${upload('a b', 'abcd')}`,
      name,
    );
    t.ok(`${content('abcd')}`.includes(sent), 'a reply has the same form');
  }
});
