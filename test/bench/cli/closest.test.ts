// Which misspellings get a suggestion.

import t from 'tap';
import { closest } from '../../../bench/cli/closest.js';

const SERVERS = ['select', 'select-wide', 'poll', 'epoll', 'epoll-lt', 'io_uring'];

t.test('the suggestion for a misspelt name is the closest one', async (t) => {
  const meant = [
    ['epol', 'epoll'],
    ['eplol', 'epoll'],
    ['EPOLL', 'epoll'],
    ['epoll-et', 'epoll-lt'],
    ['pol', 'poll'],
    ['iouring', 'io_uring'],
  ] as const;
  for (const [text, name] of meant) t.equal(closest(text, SERVERS), name, text);
});

t.test('a name unlike all others gets no suggestion', async (t) => {
  for (const text of ['', 'e', 'kqueue', 'x'.repeat(100)]) {
    t.equal(closest(text, SERVERS), undefined, text);
  }
  t.equal(closest('ab', ['ls', 'cd']), undefined, 'two edits turn any two letters into any others');
});
