/** A report uses the terms of the run's service: another service's report contains no terms of echo. */
import pc from 'picocolors';
import t from 'tap';
import type { Note, Problem } from '../../../bench/facts.js';
import type { ExperimentOptions } from '../../../bench/plan/plan.js';
import type { TrialRecord } from '../../../bench/record.js';
import { reportOn } from '../../../bench/report/document/document.js';
import { reportFiles } from '../../../bench/report/files.js';
import { study } from '../../../bench/report/study/study.js';
import { rampLines } from '../../../bench/report/terminal/ramp.js';
import { remarks } from '../../../bench/report/terminal/remarks.js';
import { resultsTable } from '../../../bench/report/terminal/results-table.js';
import { bulk } from '../../../bench/services/bulk/bulk.js';
import { echo, loadOf } from '../../../bench/services/echo/echo.js';
import type { ServiceLoad } from '../../../bench/services/service.js';
import type { StoredRun } from '../../../bench/statistics/stored-run.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import { storedRun } from '../../support/stored.js';

const ECHO = /\b(?:echo(?:es|ed)?|requests?|req|messages?)\b/gi;

const BULK = { service: 'bulk', loads: bulk.loads({}) } as const;

/** Servers are described by the catalog, which states how each implements echo. */
const OF_THE_CATALOG = ['models', 'environment'];

async function wordsOf(run: StoredRun): Promise<string[]> {
  const { sections, ...report } = await reportOn(study(run));
  const own = sections.filter(({ id }) => !OF_THE_CATALOG.includes(id));
  const files = reportFiles({ ...report, sections: own });
  const text = [...files.values()].join('\n').replace(/\b(?:id|href)="[^"]*"|first-answer/g, '');
  return [...new Set(text.match(ECHO) ?? [])];
}

const PROBLEMS: readonly Problem[] = [
  { kind: 'no request answered', figures: {} },
  { kind: 'slice not drained', figures: {} },
];

const NOTES: readonly Note[] = [
  { kind: 'client-bound', figures: { busy: 1 } },
  { kind: 'cold compiler', figures: { requests: 9 } },
  { kind: 'requests under way', figures: { measured: 1, expected: 2 } },
  { kind: 'few requests', figures: { requests: 1 } },
  { kind: 'behind schedule', figures: { achievedRatio: 0.5 } },
];

const invalid = (record: TrialRecord): TrialRecord => ({
  ...record,
  verdict: { valid: record.block === 1, clientBound: true, problems: PROBLEMS, notes: NOTES },
});

/** A run of each service: identical except for the factors of the service. */
function runsOf(
  service: Pick<ExperimentOptions, 'service' | 'loads'>,
  several: readonly ServiceLoad[],
) {
  const run = (options: Partial<ExperimentOptions>) => storedRun({ ...service, ...options });
  return {
    'that ranks servers': run({ trials: 3, connections: [100, 1000] }),
    'of one server': run({ servers: ['epoll'], connections: [100], trials: 6 }),
    'in an open loop': run({ rates: [1000, 2000], trials: 1 }),
    'with several loads': run({ loads: several, trials: 1 }),
    'with a duration': run({ durationNs: 1e9, repeat: 0, trials: 1 }),
    'with problems and notes': storedRun({ ...service, trials: 2 }, invalid),
  };
}

const OF_ECHO = runsOf(
  { service: 'echo', loads: echo.loads({}) },
  [5, 50].map((size) => loadOf({ kind: 'size', low: size, high: size })),
);
const OF_BULK = runsOf(BULK, bulk.loads({ op: ['get', 'put'], size: [1000, 1e6] }));

for (const [name, run] of Object.entries(OF_BULK))
  t.test(`the report of a run ${name}`, async (t) => {
    t.same(await wordsOf(run), []);
    const same = OF_ECHO[name as keyof typeof OF_ECHO];
    t.ok((await wordsOf(same)).length > 0, 'the terms of echo are detected in a report of echo');
  });

t.test('the terminal output', async (t) => {
  const { plan, records } = storedRun({ ...BULK, trials: 3 });
  const rows = summarize(plan, records);
  const plain = pc.createColors(false);
  const table = resultsTable(rows, plain, Number.POSITIVE_INFINITY);
  t.match(table, /transfers +MB\/s/);
  t.match(table, /MB\/s per/);
  const breach = { kind: 'efficiency', loss: 0.4, controlLoss: null } as const;
  const broken = { level: 2, trial: 1, breach, cause: null };
  const result = { server: 'epoll', held: 1, low: 1, high: 2, tried: [], broken };
  const shown = [table, remarks(rows, plain), rampLines([result], 'connections', bulk, plain)].join(
    '\n',
  );
  t.same([...(shown.match(ECHO) ?? [])], []);
});
