/** Types for the part of jstat that c10k uses, because jstat has none. */
declare module 'jstat' {
  interface Distributions {
    readonly normal: { inv(share: number, mean: number, deviation: number): number };
    readonly studentt: { inv(share: number, freedom: number): number };
  }
  const jstat: { readonly jStat: Distributions };
  export default jstat;
}
