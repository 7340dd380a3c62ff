/** The loads that echo's options result in. */
import t from 'tap';
import { echo } from '../../../../bench/services/echo/echo.js';

t.test('without options, the default text is sent', async (t) => {
  const [load, other] = echo.loads({});
  t.equal(other, undefined);
  t.match(load, { factors: { bytes: 19 }, protocolOptions: { text: 'This is the payload' } });
});

t.test('each size is a load, and a uniform one is named by its mean', async (t) => {
  const messageSize = [
    { kind: 'size', low: 19, high: 19 },
    { kind: 'size', low: 1, high: 4096 },
  ];
  t.match(echo.loads({ messageSize }), [
    { factors: { bytes: 19 }, protocolOptions: { low: '19', high: '19' } },
    { factors: { bytes: 2049 }, protocolOptions: { low: '1', high: '4096' }, exchangeBytes: 2049 },
  ]);
});

t.test('the length of a text is counted in bytes', async (t) => {
  const message = { kind: 'text', text: 'Grüße' };
  t.match(echo.loads({ message }), [{ factors: { bytes: 7 } }]);
});
