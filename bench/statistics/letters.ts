/**
 * Compact letter display: two items share a letter if and only if they don't differ significantly. Piepho 2004, "An
 * algorithm for a letter-based representation of all-pairwise comparisons". Pure.
 */

/** The letters of each of `count` ordered items. */
export function lettersOf(
  count: number,
  differ: (a: number, b: number) => boolean,
): readonly string[] {
  const groups = groupsOf(count, differ);
  return Array.from({ length: count }, (_, item) =>
    groups.flatMap((group, i) => (group.has(item) ? nameOf(i) : [])).join(''),
  );
}

type Group = ReadonlySet<number>;

/** The maximal groups without a significant difference, in the order of their first members. */
function groupsOf(count: number, differ: (a: number, b: number) => boolean): readonly Group[] {
  const all = Array.from({ length: count }, (_, i) => i);
  let groups: readonly Group[] = [new Set(all)];
  for (const a of all)
    for (const b of all.slice(a + 1)) if (differ(a, b)) groups = withoutPair(groups, a, b);
  const members = (group: Group) => [...group].sort((a, b) => a - b);
  return [...groups].sort((one, other) => inOrder(members(one), members(other)));
}

/** Splits each group that contains both into two with one of them each, and removes groups contained in another. */
function withoutPair(groups: readonly Group[], a: number, b: number): readonly Group[] {
  const without = (group: Group, item: number) => new Set([...group].filter((i) => i !== item));
  const split = groups.flatMap((group) =>
    group.has(a) && group.has(b) ? [without(group, b), without(group, a)] : [group],
  );
  return split.filter(
    (group, i) =>
      !split.some(
        (other, j) => j !== i && isWithin(group, other) && (other.size > group.size || j < i),
      ),
  );
}

function isWithin(group: Group, other: Group): boolean {
  return [...group].every((item) => other.has(item));
}

function inOrder(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((item, i) => item !== other[i]);
  if (at < 0) return 0;
  return (one[at] ?? 0) - (other[at] ?? -1);
}

/** a … z, then A … Z; a load has at most as many groups as servers. */
function nameOf(index: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return letters[index] ?? `(${index + 1})`;
}
