import t from 'tap';
import { whatControlIs } from '../../../../bench/report/study/control.js';
import { cellOf } from '../../../support/cells.js';

t.test(
  'another control than the usual one is named, and a program by its short name',
  async (t) => {
    const named = (control: string) => whatControlIs({ cells: [cellOf({ control })] });
    t.match(named('poll'), /\bpoll$/);
    t.match(named('cmd:/usr/bin/server {port}'), /\bcmd:server$/);
    t.notMatch(named('control'), 'here');
    t.equal(whatControlIs({ cells: [] }), named('control'), 'without cells it is the usual one');
  },
);
