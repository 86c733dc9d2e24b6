import { Command } from 'commander'
import { describe, expect, it } from 'vitest'

import type { Table, TableColumn } from '../../application/ports/table-reader.ts'
import type { DetectionCommandContext } from './command-context.ts'
import { addDriftCommand } from './drift-command.ts'

const ROWS = 60
const FILES: Readonly<Record<string, ReadonlyArray<TableColumn>>> = {
  before: [
    { kind: 'number', name: 'level', values: Float64Array.from({ length: ROWS }, (_, i) => Math.sin(i)) },
    { kind: 'text', name: 'colour', values: Array.from({ length: ROWS }, (_, i) => (i % 2 === 0 ? 'red' : 'blue')) },
    { kind: 'number', name: 'gone', values: new Float64Array(ROWS) },
  ],
  after: [
    { kind: 'number', name: 'level', values: Float64Array.from({ length: ROWS }, (_, i) => 3 + Math.sin(i)) },
    { kind: 'text', name: 'colour', values: Array.from({ length: ROWS }, (_, i) => (i % 2 === 0 ? 'red' : 'blue')) },
  ],
}

function commands() {
  const printed: Array<Record<string, unknown>> = []
  const notes: string[] = []
  let exitCode = 0
  const unused = (): never => {
    throw new Error('drift needs none of it')
  }
  const context: DetectionCommandContext = {
    openTable: ({ path, columns }) =>
      Promise.resolve(tableOf((FILES[path] ?? []).filter(({ name }) => columns?.includes(name) ?? true))),
    work: unused,
    models: unused,
    settings: () => Promise.resolve({}),
    print: ({ columns, rows }) => {
      for (const row of rows) {
        const cells = columns.map(({ name, text }, at) => [name, text === undefined ? row[at] : text(row[at])])
        printed.push(Object.fromEntries(cells) as Record<string, unknown>)
      }
      return Promise.resolve()
    },
    formatOf: () => Promise.resolve('csv'),
    isTerminal: () => false,
    note: (text, kind) => void notes.push(`${kind}: ${text}`),
    progress: () => undefined,
    exitWith: (code) => {
      exitCode = code
    },
    signal: new AbortController().signal,
  }
  const program = new Command().exitOverride().configureOutput({ outputError: () => undefined })
  program.command('other')
  addDriftCommand(program, context)
  const run = async (line: string): Promise<void> => void (await program.parseAsync(line.split(' '), { from: 'user' }))
  return { run, printed, notes, exitCode: () => exitCode }
}

function tableOf(columns: ReadonlyArray<TableColumn>): Table {
  const halves = (from: number, to: number): ReadonlyArray<TableColumn> =>
    columns.map((column) =>
      column.kind === 'number'
        ? { ...column, values: column.values.slice(from, to) }
        : { ...column, values: column.values.slice(from, to) },
    )
  const batches = async function* (): Table['batches'] {
    yield { rows: 25, columns: halves(0, 25) }
    yield { rows: ROWS - 25, columns: halves(25, ROWS) }
  }
  return { columns, batches: batches() }
}

describe('drift', () => {
  it('prints what has drifted first, from what to what, and sums up', async () => {
    const { run, printed, notes, exitCode } = commands()
    await run('drift before after --fail-on drift')

    expect(printed.map(({ feature, drift, method }) => [feature, drift, method])).toEqual([
      ['level', 1, 'anderson-darling'],
      ['colour', 0, 'chi-squared'],
    ])
    expect(printed[0]?.['change']).toMatch(/^-?0\.\d+ \(sd 0\.7\d+\) -> [23]\.\d+ \(sd 0\.7\d+\)$/)
    expect(printed[1]).toMatchObject({ change: 'blue 50% -> 50%, red 50% -> 50%', missing: '', pValue: 1 })
    expect(notes).toEqual([
      'warning: in one of the files alone, and not compared: gone',
      'summary: 60 rows against 60: 1 of 2 columns have drifted (alpha 0.05, holm)',
    ])
    expect(exitCode()).toBe(1)
  })

  it('compares the columns asked for, all together too, and ends with 0 where nothing has drifted', async () => {
    const { run, printed, notes, exitCode } = commands()
    await run('drift before before --columns level --method kolmogorov-smirnov --joint classifier --fail-on drift')

    expect(printed).toHaveLength(2)
    expect(printed[0]).toMatchObject({ feature: 'level', method: 'kolmogorov-smirnov', statistic: 0, pValue: 1 })
    expect(printed[1]).toMatchObject({ feature: 'all number columns (1)', method: 'classifier', change: '' })
    expect(notes[0]).toContain('; together they have not drifted (classifier)')
    expect(exitCode()).toBe(0)
  })

  it('refuses what makes no sense before it reads', async () => {
    const { run } = commands()
    await expect(run('drift - -')).rejects.toThrow(/only one of the two files/)
    await expect(run('drift nowhere nowhere --alpha 7')).rejects.toThrow(/drift options: alpha/)
    await expect(run('drift before after --columns level,gone')).rejects.toThrow(/current table has no column 'gone'/)
    await expect(run('drift before after --method magic')).rejects.toThrow(/Allowed choices/)
  })
})
