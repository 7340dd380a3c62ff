import t from 'tap';
import { mergedText, withoutNumbers } from '../../../../bench/report/text/earlier-text.js';

t.test('numbers become the range of the numbers at the same place', async (t) => {
  const texts = ['20 segments in 1,200.5 s', '9 segments in 30 s', '10 segments in 30 s'];
  t.same(new Set(texts.map(withoutNumbers)).size, 1);
  t.equal(mergedText(texts), '9 to 20 segments in 30 to 1,200.5 s');
});

t.test('a single sentence is unchanged', async (t) => {
  const text = 'at 98 % of its CPU, 127.0.0.1:4000 differs; p99 of select-2';
  t.equal(mergedText([text]), text);
  t.equal(mergedText([text, text]), text);
});

t.test('digits in names and addresses are not treated as numbers', async (t) => {
  for (const text of ['127.0.0.1:4000', 'p99', 'select-2', 'sha256:00ff', '/tmp/1/2', '20ms'])
    t.equal(withoutNumbers(text), text);
  t.equal(withoutNumbers('3, of 4.'), '#, of #.');
});
