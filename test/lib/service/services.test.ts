/** The registry of the services' TypeScript halves. */
import t from 'tap';
import { openService } from '../../../lib/service/services.js';

t.test('a service is opened by name', async (t) => {
  const service = openService({ name: 'echo', options: {} });
  t.type(service.serve, 'function');
  service.close();
});

t.test('an unknown service is refused', async (t) => {
  t.throws(() => openService({ name: 'gopher', options: {} }), {
    message: 'unknown service gopher; allowed: bulk, echo, files',
  });
});
