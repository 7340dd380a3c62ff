/** The strict decoder: every text that is not the encoding of bytes fails, whatever the parts in which it arrives. */
import t from 'tap';
import { Base64Decoder } from '../../../../lib/service/files/base64.js';
import { binary } from '../../../support/files.js';

function decode(text: string, most: number) {
  const decoder = new Base64Decoder(most);
  const bytes: Buffer[] = [];
  for (let at = 0; at < text.length; at += most)
    bytes.push(Buffer.from(decoder.decode(Buffer.from(text.slice(at, at + most), 'latin1'))));
  return { bytes: Buffer.concat(bytes), isComplete: decoder.isComplete, failed: decoder.hasFailed };
}

t.test('encoded bytes of any length are decoded from parts of any length', async (t) => {
  for (let length = 0; length < 40; length++)
    for (let most = 1; most < 20; most++) {
      const bytes = binary(length, length);
      const found = decode(bytes.toString('base64'), most);
      t.ok(found.bytes.equals(bytes) && found.isComplete, `${length} bytes, parts of ${most}`);
    }
});

/** The text, and what its groups before the error decode to. */
const WRONG = [
  ['QR==', ''],
  ['QUF=', ''],
  ['====', ''],
  ['A===', ''],
  ['Q=Q=', ''],
  ['QQ=Q', ''],
  ['QUJDQQ==Q', 'ABCA'],
  ['QQ==QUJD', 'A'],
  ['QUJDQU-_', 'ABC'],
  ['QUJD QUJD', 'ABC'],
  ['QUJD\nQUJD', 'ABC'],
  ['QUJDQUJ\0', 'ABC'],
  ['QUJDQU\xe9D', 'ABC'],
] as const;

t.test(
  'a wrong character, padding or leftover bit fails, and nothing behind it is decoded',
  async (t) => {
    for (const [text, before] of WRONG)
      for (let most = 1; most <= text.length; most++)
        t.match(
          decode(text, most),
          { bytes: Buffer.from(before), isComplete: false, failed: true },
          text,
        );
  },
);

t.test('an incomplete group can be continued', async (t) => {
  for (const text of ['Q', 'QU', 'QUJ', 'QUJDQ'])
    t.match(decode(text, 64), { isComplete: false, failed: false }, text);
});
