/** Whether a prompt should ask for another line, decided by the look of the text as MicroPython's REPL does. */

/** Words that begin a statement with a block. */
const compoundKeywords: readonly string[] = ['if', 'while', 'for', 'try', 'with', 'def', 'class', 'async'];

function startsWithWord(text: string, word: string): boolean {
  if (!text.startsWith(word)) return false;
  const c = text.charCodeAt(word.length);
  const isNamePart = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
  return !isNamePart;
}

/**
 * Whether `source`, typed so far, goes on: inside a string in three quotes or a bracket, after a backslash, or in a
 * compound statement that no empty line has ended yet. Says nothing about whether the text is right.
 */
export function needsMoreInput(source: string): boolean {
  if (source === '') return false;
  const { isInTripleQuotes, isInQuotes, isInBrackets } = scan(source);
  if (isInTripleQuotes || (isInBrackets && !isInQuotes)) return true;
  if (source.endsWith('\\')) return true;
  const isCompound = source.startsWith('@') || compoundKeywords.some((word) => startsWithWord(source, word));
  return isCompound && !source.endsWith('\n');
}

interface Scan {
  isInTripleQuotes: boolean;
  isInQuotes: boolean;
  isInBrackets: boolean;
}

function scan(source: string): Scan {
  let quote = '';
  let parens = 0;
  let brackets = 0;
  let braces = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === "'" || c === '"') {
      const triple = c + c + c;
      if ((quote === '' || quote === triple) && source.startsWith(triple, i)) {
        i += 2;
        quote = quote === '' ? triple : '';
      } else if (quote === '' || quote === c) {
        quote = quote === '' ? c : '';
      }
    } else if (c === '\\' && quote !== '' && /['"\\]/.test(source[i + 1] ?? '')) {
      i++;
    } else if (quote === '') {
      if (c === '(') parens++;
      else if (c === ')') parens--;
      else if (c === '[') brackets++;
      else if (c === ']') brackets--;
      else if (c === '{') braces++;
      else if (c === '}') braces--;
    }
  }
  return {
    isInTripleQuotes: quote.length === 3,
    isInQuotes: quote !== '',
    isInBrackets: parens > 0 || brackets > 0 || braces > 0,
  };
}
