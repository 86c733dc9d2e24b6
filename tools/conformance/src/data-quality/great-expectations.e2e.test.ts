import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type ExpectationResult, memoryEngine, type MemoryTable, validate } from '@nomaly/data-quality'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { outputOf, type PythonEnvironment, pythonWith } from '../python-environment.ts'
import { isLeftOut, knownDeviation } from './known-deviations.ts'
import { PARITY_TABLES, type ParityTable } from './parity-cases.ts'

const scripts = join(import.meta.dirname, '../../data-quality')
const folder = mkdtempSync(join(tmpdir(), 'nomaly-gx-'))
let environment: PythonEnvironment
beforeAll(async () => {
  environment = await pythonWith(join(scripts, 'requirements.txt'))
}, 900_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What both sides say of an expectation. */
interface Said {
  readonly table: string
  readonly type: string
  readonly success: boolean | undefined
  readonly refused: boolean
  readonly [member: string]: unknown
}

it('judges as the real Great Expectations does, on ten tables with every trap', async ({ skip }) => {
  if (environment.kind === 'absent') return skip(`left out, no Python with Great Expectations: ${environment.why}`)
  const file = join(folder, 'tables.json')
  writeFileSync(file, JSON.stringify(PARITY_TABLES.map(asPython)))
  const printed = await outputOf(environment.python, [join(scripts, 'validate.py'), file])
  const theirs = printed
    .trimEnd()
    .split('\n')
    .map((line) => theirsOf(JSON.parse(line) as Record<string, unknown>))
  const ours = (await Promise.all(PARITY_TABLES.map(oursOf))).flat()
  expect(theirs).toHaveLength(ours.length)
  const deviations: Array<string> = []
  for (const [i, own] of ours.entries()) {
    const other = theirs[i]
    if (other === undefined) continue
    const why = knownDeviation(own.said, other)
    if (why !== undefined) {
      deviations.push(why)
      continue
    }
    const members = Object.keys(other).filter((name) => !isLeftOut(name, other))
    const mine = Object.fromEntries(members.map((name) => [name, own.said[name]]))
    const theirsListed = Object.fromEntries(members.map((name) => [name, other[name]]))
    expect(
      rounded({ ...mine, kwargs: own.kwargs }),
      `${own.said.table}: ${own.said.type} ${JSON.stringify(own.kwargs)}`,
    ).toEqual(rounded({ ...theirsListed, kwargs: own.kwargs }))
  }
  // A deviation that no case shows any more is one to strike out.
  expect(new Set(deviations).size).toBeGreaterThan(0)
  return undefined
}, 900_000)

async function oursOf(
  table: ParityTable,
): Promise<ReadonlyArray<{ readonly said: Said; readonly kwargs: Readonly<Record<string, unknown>> }>> {
  const { results } = await validate(
    { name: table.name, expectations: table.expectations },
    memoryEngine(asMemory(table)),
    { resultFormat: 'COMPLETE' },
  )
  return results.map((result) => ({ said: said(table.name, result), kwargs: result.expectation.kwargs }))
}

function said(table: string, { expectation, success, result, exception }: ExpectationResult): Said {
  return {
    table,
    type: expectation.type,
    success: exception === undefined ? success : undefined,
    refused: exception !== undefined,
    element_count: result.elementCount,
    missing_count: result.missingCount,
    unexpected_count: result.unexpectedCount,
    unexpected_percent: result.unexpectedPercent,
    unexpected_percent_total: result.unexpectedPercentTotal,
    partial_unexpected_list: result.partialUnexpectedList?.map(asTuple),
    partial_unexpected_counts: result.partialUnexpectedCounts?.map(({ value, count }) => ({
      value: asTuple(value),
      count,
    })),
    observed_value: result.observedValue,
  }
}

const COMPARED = [
  'element_count',
  'missing_count',
  'unexpected_count',
  'unexpected_percent',
  'unexpected_percent_total',
  'partial_unexpected_list',
  'observed_value',
]

function theirsOf(line: Record<string, unknown>): Said {
  const result = (line['result'] ?? {}) as Record<string, unknown>
  const refused = line['fault'] !== null && line['fault'] !== undefined
  return {
    table: String(line['table']),
    type: String(line['type']).replace(/^E/, 'e'),
    success: refused ? undefined : line['success'] === true,
    refused,
    ...Object.fromEntries(
      COMPARED.filter((name) => !refused && name in result).map((name) => [name, listed(result[name])]),
    ),
  }
}

function listed(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asTuple) : value
}

function asTuple(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value
}

// Doubles to 12 digits, whole numbers exactly; times as pandas prints them.
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value + 0) : Number(value.toPrecision(12))
  if (typeof value === 'string') return value.replace(/\.000Z$/, '')
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rounded(item)]))
}

function asMemory({ columns }: ParityTable): MemoryTable {
  return {
    rows: columns[0]?.values.length ?? 0,
    columns: columns.map(({ name, kind, values }) => ({
      name,
      kind: kind === 'whole' ? 'integer' : kind,
      physicalType: kind,
      values: values.map((value) => {
        if (value === null || typeof value === 'boolean') return value
        if (kind === 'timestamp') return Date.parse(`${value}Z`) * 1000
        if (kind === 'whole') return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value)
        return typeof value === 'number' ? value + 0 : value
      }),
    })),
  }
}

function asPython({ name, columns, expectations }: ParityTable): unknown {
  return {
    name,
    columns,
    expectations: expectations.map(({ type, kwargs }) => ({ type: type.replace(/^e/, 'E'), kwargs: snake(kwargs) })),
  }
}

function snake(kwargs: unknown): unknown {
  if (Array.isArray(kwargs)) return kwargs
  if (typeof kwargs !== 'object' || kwargs === null) return kwargs
  return Object.fromEntries(
    Object.entries(kwargs).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) =>
        name.startsWith('column') && name.length === 7 ? `_${letter}` : `_${letter.toLowerCase()}`,
      ),
      name === 'ignoreRowIf'
        ? String(value).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
        : name === 'jsonSchema'
          ? value
          : snake(value),
    ]),
  )
}
