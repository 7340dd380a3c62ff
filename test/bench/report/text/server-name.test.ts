import t from 'tap';
import { namesOf, serverName } from '../../../../bench/report/text/server-name.js';
import { seeded } from '../../../../lib/random.js';

t.test('a model keeps its full name, whatever its length', async (t) => {
  t.equal(serverName('epoll'), 'epoll');
  t.equal(serverName('x'.repeat(50)), 'x'.repeat(50));
});

t.test('a program is named by its command, without paths and the port', async (t) => {
  const names = [
    ['cmd:./server {port}', 'cmd:server'],
    ['cmd:/usr/bin/node /srv/app.js {port} --fast', 'cmd:node app.js --fast'],
    ['cmd:server --port {port} -v', 'cmd:server --port -v'],
    ['cmd:server', 'cmd:server'],
  ] as const;
  for (const [server, name] of names) t.equal(serverName(server), name);
});

t.test('a long command is cut to 28 characters, ending with an ellipsis', async (t) => {
  const name = (length: number) => serverName(`cmd:${'x'.repeat(length - 4)}`);
  t.equal(name(28), `cmd:${'x'.repeat(24)}`);
  t.equal(name(29), `cmd:${'x'.repeat(23)}…`);
  t.equal(name(500).length, 28);
});

t.test('programs with the same short name are distinguished by a part in brackets', async (t) => {
  const names = (...servers: readonly string[]) => servers.map(namesOf(servers));
  t.same(names('epoll', 'cmd:a {port}', 'cmd:b {port}'), ['epoll', 'cmd:a', 'cmd:b']);
  t.same(
    names(
      'cmd:node old/dist/main.js serve --server epoll --port {port}',
      'cmd:node new/dist/main.js serve --server epoll --port {port}',
    ),
    ['cmd:node main.js serve --se… (old)', 'cmd:node main.js serve --se… (new)'],
  );
  t.same(names('cmd:x/s {port}', 'cmd:x/s  {port}'), ['cmd:s (1)', 'cmd:s (2)'], 'no such part');
});

t.test('server names are unique, and a server outside the run has its short name', async (t) => {
  const random = seeded(4);
  const word = () => ['a', 'b', 'cc', '/', ' ', '--x'][Math.floor(random() * 6)];
  for (let run = 0; run < 200; run++) {
    const servers = Array.from(
      { length: 6 },
      () => `cmd:${Array.from({ length: 5 }, word).join('')}`,
    );
    const distinct = [...new Set(servers)];
    const nameOf = namesOf(distinct);
    t.equal(new Set(distinct.map(nameOf)).size, distinct.length, distinct.join('|'));
  }
  t.equal(namesOf([])('cmd:/x/y {port}'), 'cmd:y');
});
