/** The elements of a report, independent of HTML and Markdown. Text is data here, never markup. */

export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  /** Shown with less weight than the text beside it, e.g. an interval. */
  | { readonly faint: string };

export type Text = readonly Inline[];
/** Plain text, or text with parts of different weight. */
export type Words = string | Text;

export interface Column {
  readonly title: string;
  readonly unit?: string;
  /** Figures are aligned right, words left. */
  readonly align: 'left' | 'right';
}

export interface TableRow {
  readonly cells: readonly Words[];
  /** Starts a group: a line is drawn above it. */
  readonly begins?: boolean;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Words; readonly lead?: boolean }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | {
      readonly kind: 'table';
      readonly caption: Words;
      readonly columns: readonly Column[];
      readonly rows: readonly TableRow[];
    }
  | Figure;

/** An item of a list: a heading and its text. */
export interface Item {
  readonly head: string;
  readonly text: Words;
}

export interface Figure {
  readonly kind: 'figure';
  /** Unique in the report: the name of its file. */
  readonly id: string;
  readonly title: string;
  readonly caption: Words;
  readonly svg: string;
  /** Lines of code that belong to it; shown beside the caption. */
  readonly listing?: readonly string[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Report {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly Section[];
}

/** Words with parts: words`${strong('epoll')} leads`. */
export function words(parts: TemplateStringsArray, ...values: readonly (Words | Inline)[]): Text {
  return parts.flatMap((part, i) => {
    const value = values[i];
    const own = value === undefined ? [] : Array.isArray(value) ? value : [value as Inline];
    return [part, ...own].filter((inline) => inline !== '');
  });
}

export const code = (text: string): Inline => ({ code: text });
export const strong = (text: string): Inline => ({ strong: text });
export const faint = (text: string): Inline => ({ faint: text });

export function paragraph(text: Words): Block {
  return { kind: 'paragraph', text };
}

export function textOf(text: Words): Text {
  return typeof text === 'string' ? [text] : text;
}

/** The text without weights. */
export function plain(text: Words): string {
  return textOf(text)
    .map((inline) => (typeof inline === 'string' ? inline : Object.values(inline).join('')))
    .join('');
}
