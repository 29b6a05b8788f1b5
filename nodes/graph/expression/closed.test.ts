// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are text here
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parse as acornParse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { ExpressionError, parse } from './parse.ts'

/** Every kind of syntax acorn knows, with a program that has it. */
const programs: Record<string, string> = {
  ArrayExpression: '[1]',
  ArrayPattern: 'input.map(([a]) => a)',
  ArrowFunctionExpression: '(a) => a',
  AssignmentExpression: 'now = 1',
  AssignmentPattern: 'input.map((a = 1) => a)',
  AwaitExpression: 'await now',
  BinaryExpression: '1 + 1',
  BlockStatement: 'input.map(() => { })',
  BreakStatement: 'for (;;) break',
  CallExpression: 'now.trim()',
  CatchClause: 'try {} catch {}',
  ChainExpression: 'now?.length',
  ClassBody: '(class {})',
  ClassDeclaration: 'class A {}',
  ClassExpression: '(class {})',
  ConditionalExpression: '1 ? 2 : 3',
  ContinueStatement: 'for (;;) continue',
  DebuggerStatement: 'debugger',
  DoWhileStatement: 'do {} while (0)',
  EmptyStatement: ';',
  ExportAllDeclaration: 'export * from "a"',
  ExportDefaultDeclaration: 'export default 1',
  ExportNamedDeclaration: 'export {}',
  ExportSpecifier: 'const a = 1; export { a }',
  ExpressionStatement: '1',
  ForInStatement: 'for (const a in {}) ;',
  ForOfStatement: 'for (const a of []) ;',
  ForStatement: 'for (;;) ;',
  FunctionDeclaration: 'function f() {}',
  FunctionExpression: '(function () {})',
  Identifier: 'now',
  IfStatement: 'if (1) ;',
  ImportAttribute: 'import a from "a" with { type: "json" }',
  ImportDeclaration: 'import "a"',
  ImportDefaultSpecifier: 'import a from "a"',
  ImportExpression: 'import("a")',
  ImportNamespaceSpecifier: 'import * as a from "a"',
  ImportSpecifier: 'import { a } from "a"',
  LabeledStatement: 'a: 1',
  Literal: '1',
  LogicalExpression: '1 || 2',
  MemberExpression: 'now.length',
  MetaProperty: 'import.meta',
  MethodDefinition: '(class { a() {} })',
  NewExpression: 'new Date()',
  ObjectExpression: '({ a: 1 })',
  ObjectPattern: 'input.map(({ a }) => a)',
  ParenthesizedExpression: '(1)',
  PrivateIdentifier: '(class { #a; b = #a in this })',
  Program: '1',
  Property: '({ a: 1 })',
  PropertyDefinition: '(class { a = 1 })',
  RestElement: 'input.map((...a) => a)',
  ReturnStatement: '(function () { return 1 })',
  SequenceExpression: '(1, 2)',
  SpreadElement: '[...input]',
  StaticBlock: '(class { static {} })',
  Super: '({ a() { super.a } })',
  SwitchCase: 'switch (1) { case 1: }',
  SwitchStatement: 'switch (1) {}',
  TaggedTemplateExpression: 'now`a`',
  TemplateElement: '`a`',
  TemplateLiteral: '`a`',
  ThisExpression: 'this',
  ThrowStatement: 'throw 1',
  TryStatement: 'try {} finally {}',
  UnaryExpression: '!1',
  UpdateExpression: 'now++',
  VariableDeclaration: 'let a',
  VariableDeclarator: 'let a',
  WhileStatement: 'while (0) ;',
  WithStatement: 'with (now) length',
  YieldExpression: '(function* () { yield 1 })',
}

/** What an expression can be made of; the two wrappers are those of every program. */
const allowed = new Set([
  'ArrayExpression',
  'BinaryExpression',
  'CallExpression',
  'ChainExpression',
  'ConditionalExpression',
  'ExpressionStatement',
  'Identifier',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'ObjectExpression',
  'ParenthesizedExpression',
  'Program',
  'Property',
  'SpreadElement',
  'TemplateElement',
  'TemplateLiteral',
  'UnaryExpression',
])

const acornTypes = createRequire(import.meta.url)
  .resolve('acorn')
  .replace(/\.m?js$/, '.d.ts')
const kinds = [...readFileSync(acornTypes, 'utf8').matchAll(/^ {2}type: "([A-Z]\w+)"$/gm)].map(
  ([, kind]) => kind,
)

function kindsIn(program: string): Set<string> {
  const found = new Set<string>()
  for (const sourceType of ['module', 'script'] as const) {
    try {
      const tree = acornParse(program, { ecmaVersion: 'latest', sourceType, preserveParens: true })
      JSON.stringify(tree, (_, part) => {
        if (typeof part?.type === 'string') found.add(part.type)
        return typeof part === 'bigint' ? String(part) : part
      })
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  return found
}

const places = [
  (part: string) => part,
  (part: string) => `(${part})`,
  (part: string) => `[${part}]`,
  (part: string) => `[...${part}]`,
  (part: string) => `({ a: ${part} })`,
  (part: string) => `({ [${part}]: 1 })`,
  (part: string) => `({ ...${part} })`,
  (part: string) => `input[${part}]`,
  (part: string) => `(${part}).length`,
  (part: string) => `(${part})()`,
  (part: string) => `now.concat(${part})`,
  (part: string) => `input.map(() => ${part})`,
  (part: string) => `Math.max(...${part})`,
  (part: string) => `\`\${${part}}\``,
  (part: string) => `true ? ${part} : 1`,
  (part: string) => `1 ?? ${part}`,
  (part: string) => `!${part}`,
]

test('the table has every kind that acorn can make', () => {
  expect(kinds.length).toBeGreaterThan(60)
  expect(Object.keys(programs).sort()).toEqual([...new Set(kinds)].sort())
})

test.each(Object.entries(programs))('%s: the program has it', (kind, program) => {
  expect(kindsIn(program)).toContain(kind)
})

describe('what is not allowed is refused wherever it stands', () => {
  // An arrow is allowed as an argument only: the last place but a few is one, so it has its own test.
  const refused = Object.entries(programs).filter(([kind]) => !allowed.has(kind))
  test.each(refused)('%s', (kind, program) => {
    for (const place of places) {
      if (kind === 'ArrowFunctionExpression' && place(program).startsWith('now.concat')) continue
      expect(() => parse(place(program)), place(program)).toThrow(ExpressionError)
    }
  })
})

test.each([...allowed])('%s is allowed', (kind) => {
  expect(() => parse(programs[kind] ?? '')).not.toThrow()
})

describe('within allowed kinds, these are refused', () => {
  test.each([
    '1n',
    '/a/',
    '[/a/]',
    'input.concat(x => x)',
    'input.map(async (x) => x)',
    'input.map((x) => { return x })',
    '[1,,2]',
    '({ a() { return 1 } })',
    '({ get a() { return 1 } })',
    'void 0',
    'delete now.a',
    '~1',
    '1 << 2',
    '1 instanceof Object',
    'now["trim"]()',
    'now.trim?.()',
    'now()',
    '(x => x)(1)',
    '(now?.trim)()',
    'Math',
    'Math.max',
    'Math["max"](1)',
    '[Number]',
    '1e999',
  ])('%s', (source) => {
    expect(() => parse(source)).toThrow(ExpressionError)
  })
})

describe('names are plain ASCII (EX-23)', () => {
  test.each([
    'ｎｏｗ',
    'n\\u006fw',
    'now.\\u0063onstructor',
    'now.café',
    'input.map((ｘ) => 1)',
    'input.map((x) => x\u200d)',
    'no\u200bw',
    '({ ａ: 1 })',
    'now.le\u202engt',
    '𝓃ow',
  ])('%j', (source) => {
    expect(() => parse(source)).toThrow(ExpressionError)
  })
})
