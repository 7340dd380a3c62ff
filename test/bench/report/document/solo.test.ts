/** The verdict of a run in which no servers can be compared. */
import t from 'tap';
import type { ExperimentOptions } from '../../../../bench/plan/plan.js';
import type { TrialRecord } from '../../../../bench/record.js';
import { solo } from '../../../../bench/report/document/solo.js';
import { study } from '../../../../bench/report/study/study.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { storedRun } from '../../../support/stored.js';

/** The paragraphs, and the items of the measured cells and of the other cells. */
function blocksOf(
  options: Partial<ExperimentOptions>,
  change?: (record: TrialRecord) => TrialRecord,
) {
  const run = storedRun({ servers: ['epoll'], connections: [10], trials: 1, ...options }, change);
  const blocks = solo(study(run));
  const lists = blocks.flatMap((block) => (block.kind === 'list' ? [block.items] : []));
  const [measured = [], missing = []] = lists.map((items) =>
    items.map(({ head, text }) => `${head}: ${plain(text)}`),
  );
  const said = blocks.flatMap((block) => (block.kind === 'paragraph' ? plain(block.text) : []));
  return { measured, missing, said };
}

const invalid = (record: TrialRecord): TrialRecord => ({
  ...record,
  verdict: {
    ...{ clientBound: false, notes: [], valid: false },
    problems: [{ kind: 'broken off', figures: { reason: 'it died' } }],
  },
});

t.test('a single trial is not called a median and has no interval', async (t) => {
  const { measured, missing, said } = blocksOf({});
  t.match(measured[0], /^epoll, 10 connections: [\d.]+k requests per second in one trial, /);
  t.match(measured[0], /The server used 50% of a CPU\.$/);
  t.same([missing, said], [[], []]);
});

t.test('several trials have a median and an interval', async (t) => {
  const { measured } = blocksOf({ trials: 6 });
  t.match(measured[0], /requests per second \S+ ?[^.]* in the median of 6 trials/);
});

t.test('the server’s CPU use is omitted if the client is the bottleneck', async (t) => {
  const bound = (record: TrialRecord): TrialRecord => ({
    ...record,
    verdict: { ...record.verdict, clientBound: true },
  });
  const [text = ''] = blocksOf({}, bound).measured;
  t.match(text, /The client was the bottleneck: the throughput is a lower bound\.$/);
  t.notMatch(text, /of a CPU\./);
});

t.test('cells without a valid trial are listed with the reason', async (t) => {
  const { measured, missing, said } = blocksOf({}, invalid);
  t.same([measured, missing], [[], ['epoll, 10 connections: it died']]);
  t.same(said, ['No trial is valid: there is no figure to report.']);
  const skipped = blocksOf({ servers: ['epoll', 'select'], connections: [2000] });
  t.match(skipped.missing, [/^select, 2,000 connections: .*1,019/]);
  t.equal(skipped.measured.length, 1);
});
