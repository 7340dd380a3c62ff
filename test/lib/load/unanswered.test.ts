/** Messages that were due and never answered are counted, because they may be the slowest. */

import t from 'tap';
import { meanOf, mergeCounts } from '../../../lib/account/histogram.js';
import { prepare, sumOf } from '../../support/load.js';
import { serveMute } from '../../support/mute.js';

const MS = 1e6;

t.test('the latency of an unanswered message is at least the time until the end', async (t) => {
  const [durationNs, intervalNs] = [200 * MS, 10 * MS];
  const client = await prepare(t, await serveMute(t), {
    ...{ connections: 2, repeat: 0, durationNs, intervalNs, timeoutNs: 300 * MS },
  });
  await client.start();
  await client.connected();
  await client.go();
  await client.drained();
  const { response, service, windows } = await client.finish();
  const scheduled = sumOf(windows, (window) => window.sent + window.dropped);
  const counts = mergeCounts(response.map((interval) => interval.counts));
  t.equal(
    counts.count.reduce((sum, n) => sum + n, 0),
    scheduled,
    'each message of the schedule is in the histogram',
  );
  t.ok(scheduled >= (2 * durationNs) / intervalNs - 2);
  t.ok(counts.max >= durationNs - intervalNs, 'the first waited longest');
  t.ok((meanOf(counts) ?? 0) >= durationNs / 2 - intervalNs, 'the others waited until the end');
  const served = mergeCounts(service.map((interval) => interval.counts));
  t.equal(served.index.length, 0, 'no service time is known');
});
