/** Text as data: parts keep their weight, and empty parts are dropped. */
import t from 'tap';
import {
  code,
  faint,
  type Inline,
  paragraph,
  plain,
  strong,
  textOf,
  words,
} from '../../../../bench/report/text/blocks.js';

t.test('words() keeps the order and the weight of its parts', async (t) => {
  t.same(words`a ${strong('b')} c ${'d'}`, ['a ', { strong: 'b' }, ' c ', 'd']);
  t.same(words`${code('x')}${faint('y')}`, [{ code: 'x' }, { faint: 'y' }]);
});

t.test('a text within words() is flattened into its parts', async (t) => {
  const inner: readonly Inline[] = ['1', strong('2')];
  t.same(words`a${inner}b`, ['a', '1', { strong: '2' }, 'b']);
  t.same(words`a${[]}b`, ['a', 'b']);
});

t.test('empty parts are dropped', async (t) => {
  t.same(words``, []);
  t.same(words`${''}a${''}`, ['a']);
});

t.test('plain text joins all parts without their weights', async (t) => {
  t.equal(plain(words`a ${strong('b')} ${code('c')}${faint(' d')}`), 'a b c d');
  t.equal(plain('as it is'), 'as it is');
  t.equal(plain([]), '');
});

t.test('a string is a text of one part', async (t) => {
  t.same(textOf('a'), ['a']);
  const text = ['a', strong('b')];
  t.equal(textOf(text), text);
  t.same(paragraph('a'), { kind: 'paragraph', text: 'a' });
});
