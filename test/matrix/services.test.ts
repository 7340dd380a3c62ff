/** Each service of the catalog has a test with all models in this folder, and a native implementation. */
import { existsSync } from 'node:fs';
import t from 'tap';
import { CATALOG, modelNamed, SERVICES } from '../../lib/catalog/models.js';
import { native } from '../../lib/native.js';
import { openService } from '../../lib/service/services.js';

t.test('each service has its test', async (t) => {
  for (const name of SERVICES) t.ok(existsSync(new URL(`${name}.test.js`, import.meta.url)), name);
});

t.test('each service is implemented in C++ and in TypeScript', async (t) => {
  for (const name of SERVICES) {
    const spec = { name, options: name === 'files' ? { storage: t.testdir() } : {} };
    t.doesNotThrow(() => new native.Service(spec).close(), name);
    t.doesNotThrow(() => openService(spec).close(), name);
  }
});

t.test('every model serves every service, including programs', async (t) => {
  for (const { name, services } of CATALOG) t.strictSame(services, SERVICES, name);
  t.strictSame(modelNamed('cmd:true').services, SERVICES);
});
