/** Ranking of servers under each load: the ratio to the best, its interval, and unranked servers. */
import t from 'tap';
import { ranking } from '../../../../bench/report/charts/ranking.js';
import { type Study, study } from '../../../../bench/report/study/study.js';
import { partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

interface Bar {
  readonly server: string;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly letters: string;
  readonly isRanked: boolean;
}

const panelsOf = (of: Study) =>
  partOf<object[]>(ranking.spec(of), 'vconcat').map((panel) => ({
    bars: partOf<Bar[]>(panel, 'data.values'),
    domain: partOf<[number, number]>(panel, 'layer.1.encoding.x.scale.domain'),
  }));

const made = study(storedRun());

t.test('each load has a panel, with the best server first at ratio 1', async (t) => {
  const panels = panelsOf(made);
  t.equal(panels.length, 2);
  for (const { bars } of panels) {
    t.same(
      bars.map(({ server, letters, isRanked }) => [server, letters, isRanked]),
      [
        ['epoll', 'a', true],
        ['poll', 'b', true],
        ['libuv', 'c', true],
      ],
    );
    t.match(bars[0], { ratio: 1, low: null, high: null });
    t.ok(Math.abs((bars[1]?.ratio ?? 0) - 0.625) < 0.01, '100,000 to 160,000');
    for (const { low, ratio, high } of bars.slice(1))
      t.ok((low ?? 9) < ratio && ratio < (high ?? 0));
  }
});

t.test('the axis contains all ratios and the equivalence range, not all intervals', async (t) => {
  const noisy = study(
    storedRun({ trials: 3 }, (record) => {
      const { measurement } = record;
      const efficiency = record.block * (record.server === 'poll' ? 1 / record.block ** 4 : 1);
      return { ...record, measurement: measurement && { ...measurement, efficiency } };
    }),
  );
  for (const { bars, domain } of [...panelsOf(made), ...panelsOf(noisy)]) {
    const [low, high] = domain;
    for (const { ratio } of bars) t.ok(low <= ratio && ratio <= high);
    t.ok(low >= 0 && high < 2, 'a wide interval does not extend the axis');
  }
});

t.test('an unranked server is last, with the reason in place of letters', async (t) => {
  const few = study(
    storedRun({ connections: [100] }, (record) => ({
      ...record,
      verdict: { ...record.verdict, valid: record.server !== 'poll' || record.block < 3 },
    })),
  );
  const [panel] = panelsOf(few);
  t.same(
    panel?.bars.map(({ server, isRanked }) => [server, isRanked]),
    [
      ['epoll', true],
      ['libuv', true],
      ['poll', false],
    ],
  );
  t.match(panel?.bars[2], { low: null, high: null, letters: /.../ }, 'longer than any letters');
});

t.test('fewer than two ranked servers have no ranking', async (t) => {
  t.notOk(ranking.applies(study(storedRun({ servers: ['epoll'] }))));
  t.notOk(ranking.applies(study(storedRun({ trials: 2 }))));
  t.ok(ranking.applies(made));
});
