/**
 * String literals: adjacent ones joined, f-strings and t-strings taken apart into text and fields.
 *
 * MicroPython's lexer rewrites an f-string into a call of `str.format`: it copies each field's text, up to the first
 * `:` or `}` outside square and curly brackets, into the call's arguments, whatever stands there. The strict grammar
 * does the same, so that it accepts the same strings; the template is then read as `str.format` would, and only where
 * that fails does the call stay in the tree, to raise when it runs. The host grammar reads fields as the expressions
 * they are, nested quotes included, and falls back to MicroPython's way.
 */
import type { Expr, FormattedValue, JoinedStr, StrLiteral, BytesLiteral } from './ast';
import { formatCall, readTemplate, type StringRow } from './format-template';
import { decodeBytes, decodeString, type EscapeFault } from './literal';
import { ParserBase } from './parser-base';
import { PySyntaxError } from './syntax-error';
import { tt } from './token';
import { StringFlag } from './tokenizer';

const braceOpen = 123;
const braceClose = 125;
const backslash = 92;

export abstract class StringParser extends ParserBase {
  /** Whether the host reads a field's expression. */
  private isInField = false;

  /** Reads what a field of an f-string may hold. */
  protected abstract parseField(): Expr;

  /** Reads the text of a whole field as MicroPython does: it puts it in parentheses of its own. */
  protected abstract parseWholeField(): Expr;

  /** Reads a row of adjacent string or bytes literals. */
  protected parseStrings(): Expr {
    const line = this.line;
    const column = this.column;
    if (this.type === tt.string && (this.flags & StringFlag.bytes) !== 0) return this.parseBytes(line, column);
    if (this.type === tt.string) {
      const text = this.readText(line, column);
      this.next();
      if (this.type !== tt.string && this.type !== tt.formatString && this.type !== tt.invalid) {
        return { type: 'Str', line, column, value: text };
      }
      return this.parseJoined(line, column, text, 1);
    }
    return this.parseJoined(line, column, '', 0);
  }

  private parseBytes(line: number, column: number): BytesLiteral {
    const bytes: number[] = [];
    do {
      const fault = decodeBytes(this.source, this.contentStart, this.contentEnd, this.literalOptions(), bytes);
      if (fault !== null) this.raiseFault(fault, line, column);
      this.next();
    } while (this.type === tt.string && (this.flags & StringFlag.bytes) !== 0);
    if ((this.flags & StringFlag.bytes) !== 0) this.checkRowEnd(line, column);
    return { type: 'Bytes', line, column, value: Uint8Array.from(bytes) };
  }

  /** Reads a row on from behind its first literal, or from its start. */
  private parseJoined(line: number, column: number, first: string, literals: number): Expr {
    const row: StringRow = {
      line,
      column,
      isTemplate: false,
      values: [],
      template: '',
      fields: [],
      hasFormat: false,
      fault: null,
    };
    this.addText(row, first);
    for (; ; literals++) {
      if (this.type === tt.string && (this.flags & StringFlag.bytes) === 0) {
        this.addText(row, this.readText(line, column));
        this.next();
      } else if (this.type === tt.formatString) {
        row.hasFormat = true;
        if (this.strict && (this.flags & StringFlag.template) === 0) {
          this.parseTemplate(row);
          if (row.fault !== null && row.fault.line > 0) throw row.fault;
        } else {
          this.parseFormatString(row);
        }
      } else {
        break;
      }
    }
    if ((this.flags & StringFlag.bytes) === 0) this.checkRowEnd(line, column);
    if (row.fault !== null) {
      const { kind, message, line: faultLine, column: faultColumn } = row.fault;
      this.raise(message, kind, faultLine || this.line, faultColumn);
    }
    // MicroPython's t-strings stand alone.
    if (row.isTemplate && this.strict && literals > 1) this.raise('invalid syntax', 'SyntaxError', line, column);
    if (!row.hasFormat) return { type: 'Str', line, column, value: row.template };
    if (!this.strict || row.isTemplate) {
      return { type: 'JoinedStr', line, column, template: row.isTemplate, values: row.values };
    }
    return this.formatted(row);
  }

  /** What a row of f-strings stands for in the strict grammar. */
  protected formatted(row: StringRow): Expr {
    return readTemplate(row) ?? formatCall(row);
  }

  /** A literal of the row without its closing quotes spoils the row, which is one token for MicroPython. */
  private checkRowEnd(line: number, column: number): void {
    if (this.isUnfinishedString()) this.raise('invalid syntax', 'SyntaxError', line, column, this.isUnfinishedTriple());
  }

  private literalOptions(): { isRaw: boolean; strict: boolean; unicodeName: ParserBase['unicodeName'] } {
    return { isRaw: (this.flags & StringFlag.raw) !== 0, strict: this.strict, unicodeName: this.unicodeName };
  }

  /** The text of the current string token. */
  private readText(line: number, column: number): string {
    if (this.isPlain) return this.source.slice(this.contentStart, this.contentEnd);
    const decoded = decodeString(this.source, this.contentStart, this.contentEnd, this.literalOptions());
    if (typeof decoded === 'string') this.raiseFault(decoded, line, column);
    return decoded.text;
  }

  private raiseFault(fault: EscapeFault, line: number, column: number): never {
    if (fault === 'named' && this.strict) {
      this.raise('unicode name escapes', 'NotImplementedError', line, column);
    }
    this.raise('invalid syntax', 'SyntaxError', line, column);
  }

  private addText(row: StringRow, text: string): void {
    row.template += text;
    this.addValue(row, row.values, text);
  }

  private addValue(at: { line: number; column: number }, values: (StrLiteral | FormattedValue)[], text: string): void {
    if (text === '') return;
    const last = values[values.length - 1];
    if (last !== undefined && last.type === 'Str') {
      last.value += text;
    } else {
      values.push({ type: 'Str', line: at.line, column: at.column, value: text });
    }
  }

  // ---- reading fields in place

  /** Reads what `read` reads from `pos` up to `end`, as if in brackets, and leaves the tokenizer behind it. */
  private within<T>(pos: number, end: number, read: () => T): T {
    const outerEnd = this.end;
    const nesting = this.nesting;
    this.pos = pos;
    this.end = end;
    this.nesting = 1;
    this.hidesEnd = false;
    try {
      this.next();
      return read();
    } finally {
      this.end = outerEnd;
      this.nesting = nesting;
    }
  }

  // ---- MicroPython's way

  /** Reads an f-string as MicroPython's lexer does, adding to the template and the fields. */
  private parseTemplate(row: StringRow): void {
    const { line, column } = row;
    const source = this.source;
    const options = this.literalOptions();
    const isTriple = (this.flags & StringFlag.triple) !== 0;
    const quote = source.charCodeAt(this.contentStart - 1);
    const end = this.end;
    let pos = this.contentStart;
    let from = pos;
    const flush = (to: number): void => {
      const decoded = decodeString(source, from, to, options);
      if (typeof decoded === 'string') this.raiseFault(decoded, line, column);
      row.template += decoded.text;
    };
    for (;;) {
      const c = pos < end ? source.charCodeAt(pos) : -1;
      if (c === -1 || (!isTriple && (c === 10 || c === 13))) {
        this.raise('invalid syntax', 'SyntaxError', line, column, isTriple);
      } else if (c === quote && (!isTriple || this.isTripleQuote(pos, quote))) {
        break;
      } else if (c === backslash) {
        pos = this.skipEscape(pos);
      } else if (c === 10 || c === 13) {
        pos = this.crossLine(pos);
      } else if (c !== braceOpen) {
        pos++;
      } else if (source.charCodeAt(pos + 1) === braceOpen) {
        pos += 2;
      } else {
        flush(pos);
        pos = this.parseTemplateField(row, pos + 1, line, column);
        from = pos;
      }
    }
    flush(pos);
    this.pos = pos + (isTriple ? 3 : 1);
    this.next();
  }

  private isTripleQuote(pos: number, quote: number): boolean {
    return this.source.charCodeAt(pos + 1) === quote && this.source.charCodeAt(pos + 2) === quote;
  }

  private skipEscape(pos: number): number {
    const c = this.source.charCodeAt(pos + 1);
    return c === 10 || c === 13 ? this.crossLine(pos + 1) : pos + 2;
  }

  /** Reads the field whose text begins at `start`; returns where the template goes on. */
  private parseTemplateField(row: StringRow, start: number, line: number, column: number): number {
    const source = this.source;
    const stop = this.findFieldEnd(start);
    if (stop < 0) this.raise('invalid syntax', 'SyntaxError', line, column, true);
    let end = stop;
    if (source[end - 1] === '=') {
      row.template += source.slice(start, end);
      end--;
    }
    if (end === start) {
      row.fault ??= new PySyntaxError('SyntaxError', 'malformed f-string', line, column);
      return stop;
    }
    const { lineNumber, lineStart } = this;
    try {
      const value = this.within(start, end, () => this.parseTemplateArgument());
      row.fields.push({ value, source: source.slice(start, end) });
    } catch (error) {
      if (!(error instanceof PySyntaxError)) throw error;
      row.fault ??= new PySyntaxError(error.kind, error.message, 0, error.column);
      this.lineNumber = lineNumber;
      this.lineStart = lineStart;
      this.crossLines(start, stop);
    }
    row.template += '{';
    return stop;
  }

  private parseTemplateArgument(): Expr {
    const field = this.parseWholeField();
    // What hides a line end would hide the closing parenthesis too.
    if (this.hidesEnd) this.unexpected();
    return field;
  }

  private crossLines(pos: number, end: number): void {
    while (pos < end) {
      const c = this.source.charCodeAt(pos);
      pos = c === 10 || c === 13 ? this.crossLine(pos) : pos + 1;
    }
  }

  /** Where MicroPython takes a field's expression to end, or -1 when the text ends first. */
  private findFieldEnd(start: number): number {
    const source = this.source;
    let level = 0;
    for (let pos = start; pos < this.end; pos++) {
      const c = source[pos]!;
      if (level === 0 && (c === ':' || c === '}')) return pos;
      if (level === 0 && c === '!' && isConversion(source, pos)) return pos;
      if (c === '[' || c === '{') level++;
      else if (c === ']' || c === '}') level--;
    }
    return -1;
  }

  // ---- the host's way

  private parseFormatString(row: StringRow): void {
    if ((this.flags & StringFlag.template) !== 0) row.isTemplate = true;
    if (this.isInField || row.isTemplate) {
      this.parseFormatContent(row);
      return;
    }
    const state = this.saveAll();
    const values = row.values.slice();
    try {
      this.parseFormatContent(row);
    } catch (error) {
      if (!(error instanceof PySyntaxError)) throw error;
      this.restoreAll(state);
      this.isInField = false;
      row.values = values;
      values.push(...this.retryTemplate(row, error));
    }
  }

  /**
   * Reads an f-string that is a mistake for the host as MicroPython does; if it is one for MicroPython too, the host's
   * counts. Only the outermost of nested ones gets this second chance, or the time it takes would double with each.
   */
  private retryTemplate(row: StringRow, mistake: PySyntaxError): JoinedStr['values'] {
    const copy: StringRow = { ...row, values: [], template: '', fields: [] };
    this.isInField = true;
    try {
      this.parseTemplate(copy);
    } catch {
      throw mistake;
    } finally {
      this.isInField = false;
    }
    if (copy.fault !== null) throw mistake;
    return readTemplate(copy)?.values ?? [wholeCall(copy)];
  }

  private parseFormatContent(row: StringRow): void {
    const { line, column } = this;
    const source = this.source;
    const options = this.literalOptions();
    const isTriple = (this.flags & StringFlag.triple) !== 0;
    const quote = source.charCodeAt(this.contentStart - 1);
    const format: FormatText = { line, column, isTriple, quote, isRaw: options.isRaw, isTemplate: row.isTemplate };
    const end = this.readFormatText(format, this.contentStart, row.values, false);
    this.pos = end + (isTriple ? 3 : 1);
    this.next();
  }

  /**
   * Reads text and fields from `pos` up to the closing quote, or up to the closing brace of the format specification
   * that it is; returns where that is.
   */
  private readFormatText(format: FormatText, pos: number, values: JoinedStr['values'], isSpec: boolean): number {
    const source = this.source;
    let from = pos;
    // Doubled braces that are open, in a t-string's specification: there they come in pairs.
    let doubled = 0;
    const flush = (to: number): void => {
      const options = { isRaw: format.isRaw, strict: this.strict, unicodeName: this.unicodeName };
      const decoded = decodeString(source, from, to, options);
      if (typeof decoded === 'string') this.raiseFault(decoded, format.line, format.column);
      this.addValue(format, values, decoded.text);
    };
    for (;;) {
      const c = pos < this.end ? source.charCodeAt(pos) : -1;
      if (c === -1 || (!format.isTriple && (c === 10 || c === 13))) {
        this.raise('invalid syntax', 'SyntaxError', format.line, format.column, format.isTriple);
      } else if (c === format.quote && (!format.isTriple || this.isTripleQuote(pos, c))) {
        if (isSpec) this.raise('malformed f-string', 'SyntaxError', format.line, format.column);
        flush(pos);
        return pos;
      } else if (c === backslash) {
        pos = this.strict ? this.skipStrictEscape(pos, format.isRaw) : this.skipFormatEscape(pos, format.isRaw);
      } else if (c === 10 || c === 13) {
        pos = this.crossLine(pos);
      } else if (c === braceOpen && source.charCodeAt(pos + 1) === c && (!isSpec || format.isTemplate)) {
        flush(pos + 1);
        pos += 2;
        from = pos;
        doubled++;
      } else if (c === braceOpen) {
        flush(pos);
        pos = this.parseFormatField(format, pos, values);
        from = pos;
      } else if (c === braceClose && isSpec && !(doubled > 0 && source.charCodeAt(pos + 1) === c)) {
        flush(pos);
        return pos;
      } else if (c === braceClose && source.charCodeAt(pos + 1) === c) {
        flush(pos + 1);
        pos += 2;
        from = pos;
        doubled--;
      } else if (c === braceClose) {
        this.raise('malformed f-string', 'SyntaxError', format.line, format.column);
      } else {
        pos++;
      }
    }
  }

  /** Behind the escape at `pos`. A brace after a backslash still opens a field, except in `\N{name}`. */
  private skipFormatEscape(pos: number, isRaw: boolean): number {
    const c = this.source[pos + 1];
    if (c === '{' || c === '}') return pos + 1;
    if (c === 'N' && !isRaw && this.source[pos + 2] === '{') {
      const close = this.source.indexOf('}', pos);
      if (close > 0) return close + 1;
    }
    return this.skipEscape(pos);
  }

  /** In a t-string MicroPython lets a backslash hide a brace, and in a raw one hide nothing. */
  private skipStrictEscape(pos: number, isRaw: boolean): number {
    return isRaw ? pos + 1 : this.skipEscape(pos);
  }

  /** Reads the field whose brace is at `pos`; returns the offset behind its closing brace. */
  private parseFormatField(format: FormatText, pos: number, values: JoinedStr['values']): number {
    const field: FormattedValue = {
      type: 'FormattedValue',
      line: this.lineNumber,
      column: pos - this.lineStart + 1,
      value: emptyTuple(this.lineNumber, pos - this.lineStart + 1),
      conversion: '',
      formatSpec: null,
      source: '',
    };
    this.descend();
    const end = this.strict
      ? this.parseStrictField(format, pos + 1, field, values)
      : this.parseHostField(format, pos + 1, field, values);
    this.depth--;
    values.push(field);
    return end + 1;
  }

  /** Reads a t-string's field from `start` as MicroPython does; returns where its closing brace is. */
  private parseStrictField(
    format: FormatText,
    start: number,
    field: FormattedValue,
    values: JoinedStr['values'],
  ): number {
    const source = this.source;
    let stop = this.findFieldEnd(start);
    if (stop < 0) this.raise('malformed f-string', 'SyntaxError', format.line, format.column, true);
    const isDebug = source[stop - 1] === '=' && stop > start;
    if (isDebug) this.addValue(format, values, source.slice(start, stop));
    field.source = source.slice(start, isDebug ? stop - 1 : stop).trimEnd();
    if (field.source === '') this.raise('malformed f-string', 'SyntaxError', format.line, format.column);
    field.value = this.within(start, start + field.source.length, () => this.parseTemplateArgument());
    this.crossLines(start + field.source.length, stop);
    if (source[stop] === '!') {
      field.conversion = source[stop + 1] as 'r' | 's';
      stop += 2;
    } else if (isDebug && source[stop] !== ':') {
      field.conversion = 'r';
    }
    return source[stop] === ':' ? this.parseFormatSpec(format, stop, field) : stop;
  }

  /** Reads a field's expression from `start` and all that follows it; returns where its closing brace is. */
  private parseHostField(
    format: FormatText,
    start: number,
    field: FormattedValue,
    values: JoinedStr['values'],
  ): number {
    return this.within(start, this.end, () => {
      if (this.type === tt.braceClose || this.type === tt.bang) {
        this.raise('malformed f-string', 'SyntaxError', format.line, format.column);
      }
      const { isInField } = this;
      this.isInField = true;
      field.value = this.parseField();
      this.isInField = isInField;
      field.source = this.source.slice(start, this.start);
      if (format.isTemplate) field.source = field.source.trimEnd();
      const isDebug = this.eat(tt.assign);
      if (isDebug) this.addValue(format, values, this.source.slice(start, this.start));
      field.conversion = this.parseConversion();
      if (this.type === tt.colon || this.type === tt.walrus) return this.parseFormatSpec(format, this.start, field);
      if (this.type !== tt.braceClose) this.unexpected();
      if (isDebug && format.isTemplate && field.conversion === '') field.conversion = 'r';
      return this.start;
    });
  }

  /** Reads the format specification whose colon is at `pos`; returns where the field's closing brace is. */
  private parseFormatSpec(format: FormatText, pos: number, field: FormattedValue): number {
    const spec: JoinedStr = {
      type: 'JoinedStr',
      line: this.lineNumber,
      column: pos - this.lineStart + 1,
      template: false,
      values: [],
    };
    field.formatSpec = spec;
    return this.readFormatText(format, pos + 1, spec.values, true);
  }

  private parseConversion(): '' | 'r' | 's' | 'a' {
    if (this.type !== tt.bang) return '';
    this.next();
    if (this.type !== tt.name) this.unexpected();
    const conversion = this.value;
    if (conversion !== 'r' && conversion !== 's' && conversion !== 'a') this.unexpected();
    this.next();
    return conversion;
  }
}

/** A host format string while it is read. */
interface FormatText {
  line: number;
  column: number;
  isTriple: boolean;
  quote: number;
  isRaw: boolean;
  isTemplate: boolean;
}

function isConversion(source: string, pos: number): boolean {
  const kind = source[pos + 1];
  const after = source[pos + 2];
  return (kind === 'r' || kind === 's') && (after === ':' || after === '}');
}

function emptyTuple(line: number, column: number): Expr {
  return { type: 'Tuple', line, column, elts: [], parenthesised: true };
}

/** The same as a field, to stand among other text. */
function wholeCall(row: StringRow): FormattedValue {
  const { line, column } = row;
  const value = formatCall(row);
  return { type: 'FormattedValue', line, column, value, conversion: '', formatSpec: null, source: '' };
}
