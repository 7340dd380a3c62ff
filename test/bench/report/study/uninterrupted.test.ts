/** Why trials were not sliced: each reason once, with its servers unless it applies to all. */

import t from 'tap';
import type { Uninterrupted } from '../../../../bench/plan/cell.js';
import { study } from '../../../../bench/report/study/study.js';
import { whyInWords, whyUninterrupted } from '../../../../bench/report/study/uninterrupted.js';
import { echoWording } from '../../../../bench/services/echo/wording.js';
import { storedRun } from '../../../support/stored.js';

const run = storedRun({ trials: 1 });

/** The reasons of a run whose servers, under both loads, had these reasons. */
function why(reasons: Readonly<Record<string, Uninterrupted | null>>): string {
  const cells = run.plan.cells.map((cell) => ({
    ...{ ...cell, uninterrupted: reasons[cell.server] ?? null },
  }));
  return whyUninterrupted(study({ ...run, plan: { ...run.plan, cells } }));
}

t.test('a reason that applies to all servers names none', async (t) => {
  t.equal(
    why({ epoll: 'memory', poll: 'memory', libuv: 'memory' }),
    whyInWords('memory', echoWording),
  );
});

t.test('a reason that applies to some servers names them, each once', async (t) => {
  const [memory, control] = (['memory', 'control'] as const).map((one) =>
    whyInWords(one, echoWording),
  );
  t.equal(
    why({ epoll: 'memory', poll: 'memory', libuv: 'control' }),
    `${memory} (epoll and poll); ${control} (libuv)`,
  );
});

t.test('there is no reason if every trial was sliced', async (t) => {
  t.equal(why({}), '');
});
