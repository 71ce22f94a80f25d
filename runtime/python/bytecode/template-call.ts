/** MicroPython's form of a t-string: a call of `__template__` with the text between the fields and what each field says. */
import type { Call, Expr, FormattedValue, JoinedStr, StrLiteral, TupleExpr } from '../syntax/ast';
import { formatCall } from '../syntax/format-template';

/** A call takes no more arguments; those of the fields are a tuple then. */
const MOST_ARGUMENTS = 255;

/** The call, where MicroPython reads what is in it on `line`. */
export function templateCall({ line: start, column, values }: JoinedStr, line: number): Call {
  const at = { line, column };
  const str = (value: string): StrLiteral => ({ type: 'Str', ...at, value });
  const tuple = (elts: Expr[]): TupleExpr => ({ type: 'Tuple', ...at, elts, parenthesised: true });
  const texts = [str('')];
  const fields: Expr[] = [];
  for (const value of values) {
    if (value.type === 'Str') {
      texts[texts.length - 1] = str(value.value);
    } else {
      const conversion: Expr =
        value.conversion === '' ? { type: 'Singleton', ...at, value: null } : str(value.conversion);
      fields.push(value.value, str(value.source), conversion, specification(value.formatSpec, str('')));
      texts.push(str(''));
    }
  }
  const isLong = 1 + fields.length > MOST_ARGUMENTS;
  return {
    type: 'Call',
    line: start,
    column,
    func: { type: 'Name', line: start, column, id: '__template__' },
    args: [tuple(texts), ...(isLong ? [tuple(fields)] : fields)],
    keywords: [],
  };
}

/** A specification is a text, and with fields of its own a formatted one. */
function specification(spec: JoinedStr | null, none: StrLiteral): Expr {
  if (spec === null) return none;
  const { line, column } = none;
  const fields = spec.values.filter((value): value is FormattedValue => value.type === 'FormattedValue');
  if (fields.length === 0) return { ...none, value: textOf(spec) };
  const template = textOf(spec, true);
  return formatCall({
    line, column, isTemplate: false, values: [], template, fields, hasFormat: true, fault: null,
  }); // prettier-ignore
}

/** What the source says. In a formatted text braces are doubled. */
function textOf({ values }: JoinedStr, isFormatted = false): string {
  return values
    .map((value) => {
      if (value.type === 'Str') return isFormatted ? value.value.replace(/[{}]/g, '$&$&') : value.value;
      const conversion = value.conversion === '' ? '' : `!${value.conversion}`;
      return `{${conversion}${value.formatSpec === null ? '' : `:${textOf(value.formatSpec)}`}}`;
    })
    .join('');
}
