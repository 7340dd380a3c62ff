/** The bytes that the bulk service sends, computed independently of the code under test: SplitMix64. */

const PERIOD = 65_521;
const MASK = (1n << 64n) - 1n;

function mix(x: bigint): bigint {
  let z = (x + 0x9e3779b97f4a7c15n) & MASK;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

const period = Uint8Array.from({ length: PERIOD }, (_, i) => Number(mix(BigInt(i)) & 255n));

/** The first bytes of the pattern. */
export function pattern(length: number): Buffer {
  return Buffer.alloc(length, period);
}
