import t from 'tap';
import { machineFor } from '../../../bench/experiment/machine.js';
import { files } from '../../../bench/services/files/files.js';
import { OPTIONS } from '../../support/cells.js';

t.test('the file systems of all directories that a plan names are known', async (t) => {
  const storage = t.testdir();
  const part = { ...OPTIONS, service: files.name, loads: files.loads({ storage }) };
  const { fileSystems } = machineFor([OPTIONS, part]);
  t.same(Object.keys(fileSystems).sort(), ['/dev/shm', storage].sort());
});

t.test('a service without files needs none', async (t) => {
  t.same(machineFor([OPTIONS]).fileSystems, {});
});
