/** The patterns of `match`, which only the host grammar has. */
import type { Expr, MatchClass, MatchMapping, Pattern } from './ast';
import { ExpressionParser } from './expressions';
import { tt, type TokenType } from './token';

export abstract class PatternParser extends ExpressionParser {
  /** The pattern of a `case`: one, or several with commas, which is a sequence. */
  protected parseCasePattern(): Pattern {
    const { line, column } = this;
    const first = this.parseStarOrPattern();
    if (this.type !== tt.comma) {
      if (first.type === 'MatchStar') this.unexpected();
      return first;
    }
    const patterns = [first];
    while (this.eat(tt.comma) && this.type !== tt.colon && this.type !== tt._if) {
      patterns.push(this.parseStarOrPattern());
    }
    return { type: 'MatchSequence', line, column, patterns };
  }

  private parseStarOrPattern(): Pattern {
    const { line, column } = this;
    if (!this.eat(tt.star)) return this.parsePattern();
    const name = this.expectName();
    return { type: 'MatchStar', line, column, name: name === '_' ? null : name };
  }

  /** Alternatives, and what `as` names them. */
  private parsePattern(): Pattern {
    const { line, column } = this;
    this.descend();
    let pattern = this.parseClosedPattern();
    if (this.type === tt.pipe) {
      const patterns = [pattern];
      while (this.eat(tt.pipe)) patterns.push(this.parseClosedPattern());
      pattern = { type: 'MatchOr', line, column, patterns };
    }
    if (this.eat(tt._as)) {
      const name = this.expectName();
      if (name === '_') this.unexpected();
      pattern = { type: 'MatchAs', line, column, pattern, name };
    }
    this.depth--;
    return pattern;
  }

  private parseClosedPattern(): Pattern {
    const { line, column } = this;
    switch (this.type) {
      case tt.name:
        return this.parseNamePattern();
      case tt._None:
      case tt._True:
      case tt._False: {
        const value = this.type === tt._None ? null : this.type === tt._True;
        this.next();
        return { type: 'MatchSingleton', line, column, value };
      }
      case tt.parenOpen:
        this.next();
        return this.parseGroup(line, column);
      case tt.bracketOpen: {
        this.next();
        const patterns = this.parseSequence(tt.bracketClose);
        return { type: 'MatchSequence', line, column, patterns };
      }
      case tt.braceOpen:
        return this.parseMapping();
      default:
        return { type: 'MatchValue', line, column, value: this.parseLiteralValue() };
    }
  }

  /** A capture, the wildcard, a dotted name, or a class with its arguments. */
  private parseNamePattern(): Pattern {
    const { line, column } = this;
    const id = this.expectName();
    let value: Expr = { type: 'Name', line, column, id };
    while (this.eat(tt.period)) {
      value = { type: 'Attribute', line, column, value, attr: this.expectName() };
    }
    if (this.type === tt.parenOpen) return this.parseClass(line, column, value);
    if (value.type === 'Attribute') return { type: 'MatchValue', line, column, value };
    return { type: 'MatchAs', line, column, pattern: null, name: id === '_' ? null : id };
  }

  private parseGroup(line: number, column: number): Pattern {
    if (this.eat(tt.parenClose)) return { type: 'MatchSequence', line, column, patterns: [] };
    const first = this.parseStarOrPattern();
    if (this.type !== tt.comma && first.type !== 'MatchStar') {
      this.expect(tt.parenClose);
      return first;
    }
    const patterns = [first];
    if (this.type !== tt.comma) this.unexpected();
    while (this.eat(tt.comma) && this.type !== tt.parenClose) patterns.push(this.parseStarOrPattern());
    this.expect(tt.parenClose);
    return { type: 'MatchSequence', line, column, patterns };
  }

  private parseSequence(close: TokenType): Pattern[] {
    const patterns: Pattern[] = [];
    while (this.type !== close) {
      patterns.push(this.parseStarOrPattern());
      if (!this.eat(tt.comma)) break;
    }
    this.expect(close);
    return patterns;
  }

  private parseMapping(): MatchMapping {
    const { line, column } = this;
    const node: MatchMapping = { type: 'MatchMapping', line, column, keys: [], patterns: [], rest: null };
    this.next();
    while (this.type !== tt.braceClose) {
      if (this.eat(tt.power)) {
        node.rest = this.expectName();
      } else {
        node.keys.push(this.parseMappingKey());
        this.expect(tt.colon);
        node.patterns.push(this.parsePattern());
      }
      if (!this.eat(tt.comma)) break;
    }
    this.expect(tt.braceClose);
    return node;
  }

  private parseMappingKey(): Expr {
    const { line, column } = this;
    if (this.type === tt.name) {
      const pattern = this.parseNamePattern();
      if (pattern.type !== 'MatchValue') this.unexpected();
      return pattern.value;
    }
    if (this.type === tt._None || this.type === tt._True || this.type === tt._False) {
      const value = this.type === tt._None ? null : this.type === tt._True;
      this.next();
      return { type: 'Singleton', line, column, value };
    }
    return this.parseLiteralValue();
  }

  private parseClass(line: number, column: number, cls: Expr): MatchClass {
    const node: MatchClass = { type: 'MatchClass', line, column, cls, patterns: [], kwdAttrs: [], kwdPatterns: [] };
    this.next();
    while (this.type !== tt.parenClose) {
      const pattern = this.parsePattern();
      if (this.type === tt.assign) {
        if (pattern.type !== 'MatchAs' || pattern.pattern !== null || pattern.name === null) this.unexpected();
        this.next();
        node.kwdAttrs.push(pattern.name);
        node.kwdPatterns.push(this.parsePattern());
      } else {
        if (node.kwdAttrs.length > 0) this.unexpected();
        node.patterns.push(pattern);
      }
      if (!this.eat(tt.comma)) break;
    }
    this.expect(tt.parenClose);
    return node;
  }

  /** A string, or a number with a sign and perhaps an imaginary part. */
  private parseLiteralValue(): Expr {
    const { line, column } = this;
    if (this.type === tt.string) return this.parseStrings();
    const left = this.parseSignedNumber();
    if (this.type !== tt.plus && this.type !== tt.minus) return left;
    const op = this.type === tt.plus ? '+' : '-';
    this.next();
    if (this.type !== tt.imaginary) this.unexpected();
    return { type: 'BinOp', line, column, op, left, right: this.parseNumber() };
  }

  private parseSignedNumber(): Expr {
    const { line, column } = this;
    if (this.eat(tt.minus)) {
      return { type: 'UnaryOp', line, column, op: '-', operand: this.parsePlainNumber() };
    }
    return this.parsePlainNumber();
  }

  private parsePlainNumber(): Expr {
    if (this.type !== tt.int && this.type !== tt.float && this.type !== tt.imaginary) this.unexpected();
    return this.parseNumber();
  }
}
