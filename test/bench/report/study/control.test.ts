import t from 'tap';
import { underControlLoad, whatControlIs } from '../../../../bench/report/study/control.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const named = (control: string, ...servers: readonly string[]) =>
  whatControlIs(study(storedRun({ control, servers, connections: [100], trials: 1 })));

t.test('a non-default control is named, and a program by its short name', async (t) => {
  t.match(named('poll', 'epoll'), /\bpoll$/);
  t.match(named('cmd:/usr/bin/server {port}', 'epoll'), /\bcmd:server$/);
  t.notMatch(named('control', 'epoll'), 'here');
});

t.test('programs with the same short name have different names', async (t) => {
  t.match(named('cmd:/old/server {port}', 'cmd:/new/server {port}'), /\bcmd:server \(old\)$/);
});

t.test('the load of the control’s readings is named if the run has several loads', async (t) => {
  const under = (connections: number[]) => {
    const made = study(storedRun({ connections, trials: 1 }));
    t.equal(made.controlLevel?.connections, 100);
    return underControlLoad(made);
  };
  t.equal(under([100, 1000]), ' under 100 connections');
  t.equal(under([100]), '');
});
