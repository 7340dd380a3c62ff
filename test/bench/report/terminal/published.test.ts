import pc from 'picocolors';
import t from 'tap';
import { publishedLine } from '../../../../bench/report/terminal/published.js';
import { PUBLISHED } from '../../../../bench/services/echo/published.js';

const lineFor = (...servers: readonly string[]) =>
  publishedLine(servers, PUBLISHED, pc.createColors(false));

t.test('one line shows the range for each kind of server', async (t) => {
  t.equal(
    lineFor('threads', 'epoll', 'libuv'),
    'published threads 3,100 to 28,000, epoll 20,024 to 131,066 connections, on other machines: see the report',
  );
});

t.test('without a published figure there is no line', async (t) => {
  t.equal(lineFor('libuv', 'poll'), '');
});
