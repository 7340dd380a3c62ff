import t from 'tap';
import { type Peer, receive, receiveUntil } from '../../../../bench/services/files/peer.js';

/** A peer that receives these parts, and then ends. */
function peerOf(...parts: readonly string[]): Peer {
  const waiting = [...parts];
  let unread = Buffer.alloc(0);
  return {
    unread: () => unread,
    consume: (bytes) => {
      unread = unread.subarray(bytes);
    },
    more: async () => {
      const next = waiting.shift();
      if (next === undefined) throw new Error('ended');
      unread = Buffer.concat([unread, Buffer.from(next)]);
    },
    send: async () => {},
    hasSent: () => true,
    isOpen: () => true,
    close: () => {},
    ended: new Promise(() => {}),
  };
}

t.test('text is received up to its end, in any parts; what follows is kept', async (t) => {
  for (const parts of [['one\r\n\r\ntwo'], ['one', '\r\n\r\ntwo'], [...'one\r\n\r\ntwo']]) {
    const peer = peerOf(...parts);
    t.equal(await receiveUntil(peer, '\r\n\r\n', 100), 'one');
    await t.rejects(receiveUntil(peer, '\r\n\r\n', 100), { message: 'ended' });
    t.equal(`${peer.unread()}`, 'two');
  }
});

t.test('text of the permitted length is received, and longer text is an error', async (t) => {
  t.equal(await receiveUntil(peerOf('abc\n'), '\n', 3), 'abc');
  await t.rejects(receiveUntil(peerOf('abcd\n'), '\n', 3), { message: 'reply too long' });
  await t.rejects(receiveUntil(peerOf('abcd', 'efgh'), '\n', 3), { message: 'reply too long' });
});

t.test('a number of bytes is received in any parts; what follows is kept', async (t) => {
  for (const parts of [['abcde'], ['ab', 'cde'], [...'abcde']]) {
    const peer = peerOf(...parts);
    t.equal(await receive(peer, 4), 'abcd');
    while (peer.unread().length === 0) await peer.more();
    t.equal(`${peer.unread()}`, 'e');
  }
  t.equal(await receive(peerOf(), 0), '');
  await t.rejects(receive(peerOf('ab'), 3), { message: 'ended' });
});
