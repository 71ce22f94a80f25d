/** Prints a syntax tree as one line of nested parentheses, and compares tables of sources with such lines. */
import { expect, test } from 'vitest';
import { parseModule, type Grammar } from '../../../../runtime/python/syntax/index';

/** Fields every node has, or that the reader of a test does not need. */
const silent = new Set(['type', 'line', 'column', 'source']);

/**
 * Names and numbers stand for themselves, strings in quotes, other nodes as `(Type field field …)` in the order of
 * their fields. A list is in square brackets, what is missing a dash; a flag is named where it is true.
 */
export function printTree(value: unknown): string {
  if (value === null) return '-';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Uint8Array) return `bytes[${[...value].join(' ')}]`;
  if (Array.isArray(value)) return `[${value.map(printTree).join(' ')}]`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return printNode(value as Record<string, unknown>);
}

function printNode(node: Record<string, unknown>): string {
  switch (node['type']) {
    case 'Module':
      return (node['body'] as unknown[]).map(printTree).join(' ');
    case 'Name':
      return node['id'] as string;
    case 'Int':
    case 'Str':
    case 'Bytes':
      return printTree(node['value']);
    case 'Expr':
      return printTree(node['value']);
    default:
      return `(${[...printType(node), ...printFields(node)].join(' ')})`;
  }
}

/** Nothing for parts that are no nodes: parameters, handlers, cases. */
function printType(node: Record<string, unknown>): string[] {
  return typeof node['type'] === 'string' ? [node['type']] : [];
}

function printFields(node: Record<string, unknown>): string[] {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (silent.has(key) || value === false) continue;
    parts.push(value === true ? key : printTree(value));
  }
  return parts;
}

/** Tests a table of sources and the trees they become. */
export function becomes(grammar: Grammar, table: [source: string, tree: string][]): void {
  test.each(table)('%s becomes %s', (source, tree) => {
    expect(printTree(parseModule(source, { grammar }))).toBe(tree);
  });
}
