/**
 * MicroPython's form of an f-string: a template for `str.format` and the fields that fill it.
 */
import type { Expr, FormattedValue, JoinedStr, StrLiteral } from './ast';
import type { PySyntaxError } from './syntax-error';

/** What has been read of a row of adjacent string literals. */
export interface StringRow {
  line: number;
  column: number;
  /** Whether one of them is a t-string. */
  isTemplate: boolean;
  /** Text and fields, for what is an f-string or t-string. */
  values: (StrLiteral | FormattedValue)[];
  /** MicroPython's template and the arguments of its fields. */
  template: string;
  fields: Field[];
  hasFormat: boolean;
  /**
   * The first mistake in a field. An empty field spoils its literal; another mistake has line 0, since MicroPython finds
   * it only when it has read the whole row.
   */
  fault: PySyntaxError | null;
}

export interface Field {
  value: Expr;
  source: string;
}

/** The f-string that the template stands for, or null when `str.format` would not take each field in turn. */
export function readTemplate(row: StringRow): JoinedStr | null {
  return new TemplateReader(row).read();
}

/** `template.format(fields)`, for a template that `str.format` will refuse. */
export function formatCall(row: StringRow): Expr {
  const { line, column } = row;
  const template: Expr = { type: 'Str', line, column, value: row.template };
  return {
    type: 'Call',
    line,
    column,
    func: { type: 'Attribute', line, column, value: template, attr: 'format' },
    args: row.fields.map((field) => field.value),
    keywords: [],
  };
}

/** Reads MicroPython's template as `str.format` does. */
class TemplateReader {
  private pos = 0;
  private field = 0;

  constructor(private readonly row: StringRow) {}

  read(): JoinedStr | null {
    const values = this.readText(this.row.template.length);
    if (values === null || this.field !== this.row.fields.length) return null;
    return { type: 'JoinedStr', line: this.row.line, column: this.row.column, template: false, values };
  }

  private readText(end: number): JoinedStr['values'] | null {
    const template = this.row.template;
    const values: JoinedStr['values'] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') {
        values.push({ type: 'Str', line: this.row.line, column: this.row.column, value: text });
      }
      text = '';
    };
    while (this.pos < end) {
      const c = template[this.pos++]!;
      if (c !== '{' && c !== '}') {
        text += c;
      } else if (template[this.pos] === c && this.pos < end) {
        text += c;
        this.pos++;
      } else if (c === '}') {
        return null;
      } else {
        flush();
        const field = this.readField(end);
        if (field === null) return null;
        values.push(field);
      }
    }
    flush();
    return values;
  }

  private readField(end: number): FormattedValue | null {
    const template = this.row.template;
    const source = this.row.fields[this.field++];
    if (source === undefined) return null;
    let conversion: '' | 'r' | 's' = '';
    if (template[this.pos] === '!') {
      const kind = template[this.pos + 1];
      if (kind !== 'r' && kind !== 's') return null;
      conversion = kind;
      this.pos += 2;
    }
    let formatSpec: JoinedStr | null = null;
    const { line, column } = source.value;
    if (template[this.pos] === ':') {
      const close = this.findClose(this.pos + 1, end);
      if (close < 0) return null;
      this.pos++;
      const values = this.readText(close);
      if (values === null) return null;
      formatSpec = { type: 'JoinedStr', line, column, template: false, values };
    }
    if (this.pos >= end || template[this.pos] !== '}') return null;
    this.pos++;
    return { type: 'FormattedValue', line, column, value: source.value, conversion, formatSpec, source: source.source };
  }

  private findClose(pos: number, end: number): number {
    let level = 1;
    for (; pos < end; pos++) {
      const c = this.row.template[pos];
      if (c === '{') level++;
      else if (c === '}' && --level === 0) return pos;
    }
    return -1;
  }
}
