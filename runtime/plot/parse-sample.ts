/** Defines SampleParser: what one line of a program's output says to the plotter, or why it says nothing. */

/** One value of one series. `value` is NaN or infinite when the program printed that. */
export interface Sample {
  readonly name: string;
  readonly value: number;
}

/** Why a line, or a part of one, is not plotted. */
export type LeftOut =
  /** No number in this line. */
  | { readonly why: 'no-number' }
  /** Among the numbers of a row stands a word; such a row is prose. */
  | { readonly why: 'not-a-number'; readonly found: string }
  /** After `name` and its colon or equals sign comes `found`. */
  | { readonly why: 'name-without-number'; readonly name: string; readonly found: string }
  /** In a line of named values stands a number without a name. */
  | { readonly why: 'number-without-name'; readonly found: string }
  /** `item` counts from 1. */
  | { readonly why: 'item-is-text'; readonly of: 'tuple' | 'list'; readonly item: number }
  /** The line itself asks not to be drawn: text, a drawing, or the flag `np`. */
  | { readonly why: 'marked-as-no-plot'; readonly name: string }
  /** A header: its names are used for the next lines. */
  | { readonly why: 'names-only' }
  | { readonly why: 'too-long' }
  | { readonly why: 'too-many-series'; readonly name: string };

/** `samples` are plotted; a line with none of them is left out as a whole. Both can hold something at once. */
export interface ParsedLine {
  readonly samples: readonly Sample[];
  readonly leftOut: readonly LeftOut[];
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** What Python prints for values that are numbers without being written as one. */
const WORDS: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  true: 1,
  false: 0,
};

/** A name in a header line: it begins like a word and is not a sentence. */
const HEADER_NAME = /^[\p{L}_][\p{L}\p{N}_ .%°()/-]{0,31}$/u;

/** Commas, semicolons and tabs part the fields of a row, and so do mere spaces. */
const ROW_SEPARATOR = /\s*[,;\t]\s*|\s+/;

const FIELD_SEPARATOR = /[,;\t]/;

/** `{TIMEPLOT:channel|DATA|name:style|time|value}`, MegunoLink's form; text around the braces is ignored. */
const TIME_PLOT = /\{TIMEPLOT(?::[^|}]*)?\|D(?:ATA)?\|([^|:}]*)(?::[^|}]*)?\|[^|}]*\|([^|}]*)\}/g;

function readNumber(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  return text.length <= 5 ? WORDS[text.toLowerCase()] : undefined;
}

const leftOut = (...reasons: LeftOut[]): ParsedLine => ({ samples: [], leftOut: reasons });
const NO_NUMBER = leftOut({ why: 'no-number' });
const NAMES_ONLY = leftOut({ why: 'names-only' });

/**
 * Understands, line by line and mixed as they come:
 *
 *     21.5                          1, 2, 3    1 2 3    1;2;3    (tabs too)
 *     (1, 2, 3)                     [1, 2, 3]
 *     temp:21.5,light:310           temp: 21.5 light: 310      room temp: 21.5 °C
 *     temp=21.5                     temp = 21.5, light = 310
 *     >temp:21.5                    >temp:1690000000:21.5§°C|g;light:310      (Teleplot)
 *     {TIMEPLOT|DATA|temp|T|21.5}                                             (MegunoLink)
 *     temp,light                    a header, which names the columns of the rows that follow
 *
 * Numbers without a name become "value 1", "value 2" and so on. The time a line carries is not used: samples are drawn where
 * they arrived. `True` and `False` count as 1 and 0.
 */
export class SampleParser {
  /** The names of the last header, and whether a row has used them. */
  #header: readonly string[] = [];
  #headerUsed = false;

  /** `line` is without its line end. */
  parse(line: string): ParsedLine {
    const text = line.trim();
    const result = this.#parseForm(text);
    // A header counts for the rows that stand directly below it, so that "Hello, world" names nothing.
    if (!this.#headerUsed && result.samples.length === 0 && result !== NAMES_ONLY) this.#header = [];
    return result;
  }

  /** Forgets the header. */
  reset(): void {
    this.#header = [];
    this.#headerUsed = false;
  }

  #parseForm(text: string): ParsedLine {
    switch (text.charCodeAt(0)) {
      case 0x28: // (
        if (text.endsWith(')')) return this.#parseItems(text, 'tuple');
        break;
      case 0x5b: // [
        if (text.endsWith(']')) return this.#parseItems(text, 'list');
        break;
      case 0x3e: // >
        return parseTeleplot(text);
    }
    if (text.includes('{TIMEPLOT')) return parseTimePlots(text);
    if (text.indexOf(':') > 0 || text.indexOf('=') > 0) return parseNamed(text);
    return this.#parseRow(text);
  }

  #parseRow(text: string): ParsedLine {
    if (text === '') return NO_NUMBER;
    const tokens = text.split(ROW_SEPARATOR);
    if (tokens.at(-1) === '') tokens.pop();
    const values: (number | undefined)[] = [];
    let word: string | undefined;
    for (const token of tokens) {
      const value = readNumber(token);
      if (value === undefined && token !== '') word ??= token;
      values.push(value);
    }
    if (word === undefined) return { samples: this.#nameColumns(values), leftOut: [] };
    if (values.some((value) => value !== undefined)) return leftOut({ why: 'not-a-number', found: word });
    return this.#parseHeader(text) ? NAMES_ONLY : NO_NUMBER;
  }

  #parseHeader(text: string): boolean {
    const names = text.split(FIELD_SEPARATOR).map((name) => name.trim());
    if (names.length < 2 || !names.every((name) => HEADER_NAME.test(name))) return false;
    this.#header = names;
    this.#headerUsed = false;
    return true;
  }

  #parseItems(text: string, of: 'tuple' | 'list'): ParsedLine {
    const items = text.slice(1, -1).split(',');
    if (items.at(-1)?.trim() === '') items.pop();
    const values = items.map((item) => readNumber(item.trim()));
    const reasons: LeftOut[] = [];
    values.forEach((value, index) => {
      if (value === undefined) reasons.push({ why: 'item-is-text', of, item: index + 1 });
    });
    const samples = this.#nameColumns(values);
    return samples.length === 0 && reasons.length === 0 ? NO_NUMBER : { samples, leftOut: reasons };
  }

  /** An undefined value leaves its column empty; the others keep their places. */
  #nameColumns(values: readonly (number | undefined)[]): Sample[] {
    const fits = this.#header.length === values.length;
    if (fits) this.#headerUsed = true;
    else this.reset();
    const samples: Sample[] = [];
    values.forEach((value, column) => {
      if (value !== undefined) samples.push({ name: (fits && this.#header[column]) || columnName(column), value });
    });
    return samples;
  }
}

const columnNames: string[] = [];

function columnName(column: number): string {
  return (columnNames[column] ??= `value ${column + 1}`);
}

/**
 * `name:value` and `name=value`. The first name of a field may have spaces in it ("room temp: 21.5"); of a later one only the
 * last word counts, since units may stand in between ("temp: 21.5 °C light: 310 lx").
 */
function parseNamed(text: string): ParsedLine {
  const samples: Sample[] = [];
  const reasons: LeftOut[] = [];
  for (const field of text.split(FIELD_SEPARATOR)) {
    let start = 0;
    for (let sign = nextSign(field, 0); sign >= 0; sign = nextSign(field, start)) {
      const before = field.slice(start, sign).trim();
      const name = start === 0 ? before : before.slice(before.lastIndexOf(' ') + 1);
      const valueStart = skipSpaces(field, sign + 1);
      start = endOfWord(field, valueStart);
      const found = field.slice(valueStart, start);
      const value = readNumber(found);
      if (name === '' || readNumber(name) !== undefined) reasons.push({ why: 'not-a-number', found: field.trim() });
      else if (value === undefined) reasons.push({ why: 'name-without-number', name, found });
      else samples.push({ name, value });
    }
    const nameless = start === 0 ? field.trim() : '';
    if (readNumber(nameless) !== undefined) reasons.push({ why: 'number-without-name', found: nameless });
  }
  return { samples, leftOut: reasons };
}

function nextSign(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3a || code === 0x3d) return at; // : =
  }
  return -1;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 0x20) at++;
  return at;
}

function endOfWord(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 ? text.length : space;
}

/** `>name,widget:time:value§unit|flags`, several of them parted by semicolons; only name and value are wanted. */
function parseTeleplot(text: string): ParsedLine {
  const samples: Sample[] = [];
  const reasons: LeftOut[] = [];
  for (const point of text.slice(1).split(';')) {
    const [body = '', flags = ''] = point.split('|', 2);
    const parts = body.split(':');
    if (parts.length < 2) continue;
    const name = (parts[0] ?? '').split(',', 1)[0]?.trim() ?? '';
    const found = (parts.at(-1) ?? '').split('§', 1)[0]?.trim() ?? '';
    const value = readNumber(found);
    if (/^(?:t|np|xy)\b/.test(flags)) reasons.push({ why: 'marked-as-no-plot', name });
    else if (value === undefined) reasons.push({ why: 'name-without-number', name, found });
    else if (name === '') reasons.push({ why: 'number-without-name', found });
    else samples.push({ name, value });
  }
  return samples.length === 0 && reasons.length === 0 ? NO_NUMBER : { samples, leftOut: reasons };
}

function parseTimePlots(text: string): ParsedLine {
  const samples: Sample[] = [];
  const reasons: LeftOut[] = [];
  for (const [, name = '', found = ''] of text.matchAll(TIME_PLOT)) {
    const value = readNumber(found.trim());
    if (value === undefined) reasons.push({ why: 'name-without-number', name, found });
    else samples.push({ name, value });
  }
  return samples.length === 0 && reasons.length === 0 ? NO_NUMBER : { samples, leftOut: reasons };
}
