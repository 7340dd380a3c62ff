import t from 'tap';
import { labelOf } from '../../../../bench/report/study/load-label.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ idle: [0, 5], trials: 1 }));

t.test('a verdict is labelled with its own load', async (t) => {
  for (const verdict of made.verdicts) {
    const { connections, idle } = verdict.load;
    const busy = connections.toLocaleString('en');
    t.equal(labelOf(made, verdict), `${busy} connections, ${idle} idle connections`);
  }
  const [first] = made.verdicts;
  const elsewhere = first && { ...first, load: { ...first.load, rate: 1 } };
  t.equal(elsewhere && labelOf(made, elsewhere), '');
});
