import t from 'tap';
import { isInconclusive, type Problem } from '../../bench/facts.js';

const late: Problem = { kind: 'CPU time read late', figures: { ms: 3 } };
const silent: Problem = { kind: 'no request answered', figures: {} };
const failed = (of: 'server' | 'control'): Problem => ({
  kind: 'connections failed',
  figures: { of, failure: 'reset', connections: 1 },
});

t.test('a trial is inconclusive if the measurement caused all of its problems', async (t) => {
  t.equal(isInconclusive([]), false, 'a valid trial');
  t.equal(isInconclusive([late]), true);
  t.equal(isInconclusive([late, failed('server')]), false);
  t.equal(isInconclusive([{ kind: 'earlier', figures: { text: 'late' } }]), false);
});

t.test(
  'a failed control excuses a server that answered nothing, but no other failure',
  async (t) => {
    t.equal(isInconclusive([silent]), false);
    t.equal(isInconclusive([failed('control'), silent, late]), true);
    t.equal(isInconclusive([failed('control'), failed('server')]), false);
  },
);
