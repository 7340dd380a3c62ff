/** The report as sections, independent of the output format. */
import { count } from '../../text/format.js';
import { efficiency, throughput } from '../charts/performance.js';
import { ranking } from '../charts/ranking.js';
import { charts } from '../charts/registry.js';
import type { Study } from '../study/study.js';
import { clientTables } from '../tables/clients.js';
import { contrastTables } from '../tables/contests.js';
import { costTables } from '../tables/cost.js';
import { performanceTables } from '../tables/performance.js';
import { slicesTable } from '../tables/slices.js';
import { transferTable } from '../tables/transfers.js';
import { controlTable, outlierBlocks, trialTable } from '../tables/trials.js';
import { troubleTables } from '../tables/troubles.js';
import type { Figure, Report, Section } from '../text/blocks.js';
import { testCases } from './cases.js';
import { environment } from './environment.js';
import { figures } from './figures.js';
import { method } from './method.js';
import { models } from './models.js';
import { pools } from './pools.js';
import { published } from './published.js';
import { question, title } from './question.js';
import { threats } from './threats.js';
import { verdict } from './verdict.js';

/** The graph that is shown with the verdict. */
function decisive({ run }: Study, graphs: readonly Figure[]): string {
  if (run.ramp?.factor === 'rate') return throughput.id;
  return graphs.some(({ id }) => id === ranking.id) && run.ramp === null
    ? ranking.id
    : efficiency.id;
}

export async function reportOn(study: Study): Promise<Report> {
  const { run } = study;
  const graphs = await figures(charts, study);
  const beside = decisive(study, graphs);
  const begun = run.startedAt.replace(/T(\d\d:\d\d).*/, ', $1 UTC');
  return {
    title: title(study),
    subtitle: `A c10k run of ${count(run.records.length, 'trial')}, started ${begun}`,
    sections: [
      question(study),
      verdict(
        study,
        graphs.filter(({ id }) => id === beside),
      ),
      pools(study),
      published(study),
      environment(study),
      method(study),
      threats(study),
      ...(await testCases(study)),
      { id: 'graphs', title: 'Graphs', blocks: graphs.filter(({ id }) => id !== beside) },
      tables(study),
      models(study),
      appendix(study),
    ].filter(({ blocks }) => blocks.length > 0),
  };
}

function tables(study: Study): Section {
  const heading = (text: string) => ({ kind: 'heading', text }) as const;
  return {
    id: 'tables',
    title: 'Tables',
    blocks: [
      heading('Performance'),
      ...performanceTables(study),
      ...contrastTables(study),
      ...clientTables(study),
      ...transferTable(study),
      heading('Cost'),
      ...costTables(study),
      heading('Failures and the kernel'),
      ...troubleTables(study),
      heading('The baseline'),
      ...slicesTable(study),
      ...controlTable(study),
      heading('Outliers'),
      ...outlierBlocks(study),
    ],
  };
}

function appendix(study: Study): Section {
  return { id: 'trials', title: 'Appendix: the trials', blocks: trialTable(study) };
}
