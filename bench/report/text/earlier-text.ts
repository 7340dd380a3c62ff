/** Merges sentences of earlier versions that differ only in numbers; newer records hold the figures apart. */

/** Not part of a name, an address or a file's path. */
const NUMBER = /(?<![\w.:/-])\d+(,\d{3})*(\.\d+)?(?![\w.:/]*\w)/g;

export function withoutNumbers(text: string): string {
  return text.replace(NUMBER, '#');
}

/** `texts`: equal without their numbers. Each number becomes the range of those at its place. */
export function mergedText(texts: readonly string[]): string {
  const numbers = texts.map((text) => text.match(NUMBER) ?? []);
  let place = 0;
  return (texts[0] ?? '').replace(NUMBER, () => {
    const values = numbers.flatMap((each) => each[place] ?? []);
    place++;
    const rising = values.toSorted((a, b) => numberIn(a) - numberIn(b));
    const [least = '', most = ''] = [rising[0], rising.at(-1)];
    return least === most ? least : `${least} to ${most}`;
  });
}

function numberIn(shown: string): number {
  return Number(shown.replaceAll(',', ''));
}
