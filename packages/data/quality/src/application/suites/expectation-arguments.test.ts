import { readFileSync, writeFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { describeExpectations, type ExpectationDescription } from '../catalogue/catalogue.ts'

/** Schemas as zod writes them. */
interface Schema {
  readonly type?: string | ReadonlyArray<string>
  readonly const?: unknown
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<Schema>
  readonly items?: Schema
  readonly prefixItems?: ReadonlyArray<Schema>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: ReadonlyArray<string>
  readonly additionalProperties?: Schema | boolean
  readonly $ref?: string
}

/** Arguments that name columns of the table itself. */
const COLUMNS = new Set(['column', 'columnA', 'columnB'])
const COLUMN_LISTS = new Set(['columnList', 'groupBy', 'columnSet'])
/** Arguments that several expectations share, by the first of them. */
const SHAPES: Readonly<Record<string, string>> = {
  expectColumnDistinctValuesToBeInSet: 'ValueSetArguments<C>',
  expectColumnMaxToBeBetween: 'BoundsArguments<C>',
  expectColumnTypeToBe: 'TypeArguments<C>',
  expectColumnValuesToBeDateutilParseable: 'OneColumnArguments<C>',
  expectColumnValuesToBeDecreasing: 'OrderArguments<C>',
  expectColumnValuesToBeInSet: 'ValuesArguments<C>',
  expectColumnValuesToMatchLikePattern: 'LikeArguments<C>',
  expectColumnValuesToMatchRegex: 'RegexArguments<C>',
  expectCompoundColumnsToBeUnique: 'ColumnListArguments<C>',
}

/** What stands at both ends of a generated file. */
const FRAMES = {
  Column: ['./column-arguments.ts', "The arguments of the expectations of one column's values, by type."],
  Table: ['./table-arguments.ts', 'The arguments of the other expectations, by type.'],
} as const
const HEAD = `// Written from the catalogue by expectation-arguments.test.ts: run it with NOMALY_UPDATE=1 after a change there.
`

it.each(['Column', 'Table'] as const)('has the types of the arguments as the catalogue has them: %s', (family) => {
  const [path, about] = FRAMES[family]
  const descriptions = describeExpectations().filter(
    (one) => ['column map', 'column aggregate'].includes(one.family) === (family === 'Column'),
  )
  const shapes = shapesOf(descriptions)
  const imports = ['Condition', 'Literal'].filter((name) => new RegExp(`\\b${name}\\b`).test(shapes.text))
  const text = `${HEAD}import type { ${imports.join(', ')} } from '../../domain/predicate.ts'

/** ${about} \`C\` are the names of the columns. */
export interface ${family}Arguments<C extends string = string> {
${shapes.members}}
${shapes.named}`
  const url = new URL(path, import.meta.url)
  if (process.env['NOMALY_UPDATE'] === '1') writeFileSync(url, text)
  expect(plain(readFileSync(url, 'utf8'))).toBe(plain(text))
})

function shapesOf(descriptions: ReadonlyArray<ExpectationDescription>): Record<'members' | 'named' | 'text', string> {
  const firsts = new Map<string, string>()
  const bodies = descriptions.map((one) => [one, bodyOf(one.arguments, '  ')] as const)
  for (const [{ type }, body] of bodies) if (!firsts.has(body)) firsts.set(body, type)
  const users = (body: string): number => bodies.filter(([, other]) => other === body).length
  const members = bodies.map(([{ type, description }, body]) => {
    const name = users(body) > 1 ? SHAPES[firsts.get(body) ?? ''] : undefined
    return `  /** ${description} */\n  readonly ${type}: ${name ?? body}\n`
  })
  const named = [...firsts].flatMap(([body, type]) =>
    users(body) > 1 && SHAPES[type] !== undefined
      ? [`\ninterface ${SHAPES[type].replace('<C>', '<C extends string>')} ${body.replaceAll('\n  ', '\n')}\n`]
      : [],
  )
  return { members: members.join(''), named: named.join(''), text: [...members, ...named].join('') }
}

function bodyOf(schema: Schema, indent: string): string {
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const optional = schema.required?.includes(name) !== true
    const type = typeOf(member, name)
    return `${indent}  readonly ${name}${optional ? '?' : ''}: ${type}${optional ? ' | undefined' : ''}\n`
  })
  return `{\n${members.join('')}${indent}}`
}

function typeOf(schema: Schema, name: string): string {
  if (COLUMNS.has(name)) return 'C'
  if (COLUMN_LISTS.has(name)) return 'ReadonlyArray<C>'
  if (schema.$ref !== undefined) return 'Condition'
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  if (schema.anyOf !== undefined) return unionOf(schema.anyOf, name)
  if (typeof schema.type === 'object') return schema.type.map((type) => typeOf({ type }, '')).join(' | ')
  if (schema.prefixItems !== undefined)
    return `readonly [${schema.prefixItems.map((item) => typeOf(item, '')).join(', ')}]`
  if (schema.type === 'array') return `ReadonlyArray<${typeOf(schema.items ?? {}, '')}>`
  if (schema.type === 'object' && schema.properties !== undefined) return objectOf(schema, name)
  if (schema.type === 'object') return 'Readonly<Record<string, unknown>>'
  return (
    { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' }[schema.type ?? ''] ??
    'unknown'
  )
}

// The columns of a contract and of a comparison are the table's.
function objectOf(schema: Schema, name: string): string {
  const members = Object.entries(schema.properties ?? {}).map(([key, member]) => {
    const optional = schema.required?.includes(key) !== true
    const type = key === 'name' && name === '' ? 'C' : typeOf(member, key)
    return `readonly ${key}${optional ? '?' : ''}: ${type}${optional ? ' | undefined' : ''}`
  })
  return `{ ${members.join('; ')} }`
}

// A value of a cell is a text, a number, a boolean, a bigint (which JSON Schema has no word for) or null.
function unionOf(parts: ReadonlyArray<Schema>, name: string): string {
  const texts = new Set(parts.map((part) => typeOf(part, name)))
  if (texts.has('unknown') && texts.has('string') && texts.has('null')) {
    for (const text of ['string', 'number', 'boolean', 'unknown', 'null']) texts.delete(text)
    texts.add('Literal')
  }
  return [...texts].join(' | ')
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

// The formatter breaks lines as it likes.
function plain(text: string): string {
  return text
    .replaceAll(/[\s;]+/g, '')
    .replaceAll(/([:<(=[])\|/g, '$1')
    .replaceAll(/,([\])}>])/g, '$1')
}
