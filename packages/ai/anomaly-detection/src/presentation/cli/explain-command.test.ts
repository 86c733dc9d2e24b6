import { Command } from 'commander'
import { describe, expect, it } from 'vitest'

import { DetectAnomalies } from '../../application/detect-anomalies.ts'
import { EvaluateDetectors } from '../../application/evaluate-detectors.ts'
import { ExplainResults } from '../../application/explain-results.ts'
import { ScoreWithModel } from '../../application/score-with-model.ts'
import { TrainModel } from '../../application/train-model.ts'
import { createMemoryEventPublisher } from '../../infrastructure/memory-event-publisher.ts'
import { createMemoryModelRepository } from '../../infrastructure/memory-model-repository.ts'
import { randomIds } from '../../infrastructure/random-ids.ts'
import { systemClock } from '../../infrastructure/system-clock.ts'
import { addDetectionCommands } from './add-detection-commands.ts'
import type { DetectionCommandContext } from './command-context.ts'
import { startDetectionWork } from './start-detection-work.ts'

const COLUMNS = {
  a: Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? 30 : Math.sin(i))),
  b: Float64Array.from({ length: 40 }, (_, i) => Math.cos(i * 1.7)),
  fault: Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? 1 : 0)),
}
const COLOURS = Array.from({ length: 40 }, (_, i) => (i === 7 ? 'odd' : 'red'))
const NAMES = ['a', 'b', 'fault', 'colour'] as const
const FEW = 'few' // a file with the odd row alone

describe('explain', () => {
  it('draws a bar a feature, and the change that makes the row normal; tells how it adds up', async () => {
    const { run, notes } = commands()
    const { header, rows } = await run('explain f --columns a,b --row 21 --format table')

    expect(header).toEqual(['feature', 'value', 'contribution', '', 'normal_at'])
    expect(rows[0]).toEqual(['a', 30, expect.any(Number), expect.stringMatching(/^ *│?█+$/), expect.any(Number)])
    expect(Number(rows[0]?.[4])).toBeLessThan(30)
    expect(rows[1]?.[4]).toBeUndefined()
    expect(notes).toEqual([
      expect.stringMatching(/^asked: row 21 scores 0\.\d+ by iforest: an anomaly, above 0\.\d+$/),
      expect.stringMatching(
        /^asked: tree-shap: minus the mean path length, in splits: -\d\S* with no feature told, \+\d/,
      ),
      expect.stringMatching(/^asked: normal with a at \S+ instead of 30, \S+ sd away$/),
    ])
  })

  it('prints a line a feature in CSV, and an object a row in JSON', async () => {
    const { run } = commands()
    const csv = await run('explain f --columns a,b --top 2 --detector ecod --format csv')
    expect(csv.header).toEqual([
      'row',
      'score',
      'method',
      'output',
      'base_value',
      'feature',
      'value',
      'contribution',
      'standard_error',
      'normal_at',
    ])
    expect(csv.rows).toHaveLength(4)

    const json = await run('explain f --columns a,b --row 3,21 --detector ecod --format json')
    const [normal, odd] = json.rows.map((row) => Object.fromEntries(json.header.map((name, i) => [name, row[i]])))
    expect(normal).toMatchObject({ row: 3, method: 'contributions', counterfactual: { outcome: 'normal' } })
    expect(odd).toMatchObject({
      row: 21,
      detector: 'ecod',
      kind: 'attribution',
      output: 'score',
      base_value: 0,
      fit: null,
      contributions: [{ feature: 'a', value: 30 }, { feature: 'b' }],
      counterfactual: { outcome: 'found', from: expect.any(Number), isExact: true },
    })
  })

  it('samples with LIME, tells the errors, and looks for no change where none is wanted', async () => {
    const { run, notes } = commands()
    const line = 'explain f --columns a,b --detector gmm --method lime --samples 200 --no-counterfactual --format table'
    const { header, rows } = await run(line)
    expect(header).toEqual(['feature', 'value', 'contribution', 'standard_error', ''])
    expect(Number(rows[0]?.[3])).toBeGreaterThan(0)
    expect(notes).toEqual([
      expect.stringMatching(/row 21 scores/),
      expect.stringMatching(/that the surrogate misses, .* it accounts for \d+% of the variance/),
    ])
  })

  it('tells by permutation what the detector as a whole goes by, with labels how well', async () => {
    const { run, notes } = commands()
    const table = await run('explain f --columns a,b --method permutation --format table')
    expect(table).toMatchObject({ header: ['feature', 'contribution', 'standard_error', ''], rows: [{}, {}] })
    const csv = await run('explain f --columns a,b --method permutation --label fault --format csv')
    expect(csv.rows[0]?.slice(0, 3)).toEqual(['permutation', 'roc-auc', 'a'])
    const json = await run('explain f --columns a,b --method permutation --format jsonl')
    expect(json.rows[0]?.slice(0, 4)).toEqual(['iforest', 'importance', 'permutation', 'score-change'])
    expect(notes).toEqual([
      expect.stringMatching(/how far scores move .*; all features at once: /),
      expect.stringMatching(/the loss of ROC-AUC .*, of 1; 0.5 is chance/),
      expect.any(String),
    ])
  })

  it('explains with a kept model, and with another file for what is usual', async () => {
    const { run } = commands()
    await run('fit f --columns a,b --model m --detector hbos --standardize')
    const { rows } = await run('explain f --model m --format csv')
    expect(rows[0]?.slice(0, 3)).toEqual([21, expect.any(Number), 'contributions'])
    const lone = 'explain few --model m --method kernel-shap --row 1 --format csv'
    await expect(run(lone)).rejects.toThrow(/^few: Kernel SHAP needs at least 10 rows .*\(--background FILE\)$/)
    const told = await run(`${lone} --background f`)
    expect(told.rows[0]?.slice(0, 3)).toEqual([1, expect.any(Number), 'kernel-shap'])
    await expect(run('explain f --model m --threshold mad')).rejects.toThrow(/with --model a --threshold is a score/)
    await expect(run('explain f --model m --detector knn')).rejects.toThrow(/cannot be used with option '--detector/)
  })

  it('changes a text column to another of its categories, and encodes the background as the file', async () => {
    const { run } = commands()
    const line = 'explain f --columns colour --encode onehot --detector hbos --row 8 --background f --format table'
    const { header, rows } = await run(line)
    expect(header).toContain('normal_at')
    expect(rows.map(([feature, value, , , normalAt]) => [feature, value, normalAt])).toEqual(
      expect.arrayContaining([
        ['colour=red', 0, 'red'],
        ['colour=odd', 1, undefined],
      ]),
    )
  })

  it('explains several detectors together', async () => {
    const { run } = commands()
    const { rows } = await run('explain f --columns a,b --detector ecod,hbos --samples 50 --format csv')
    expect(rows[0]?.slice(2, 4)).toEqual(['kernel-shap', 'score'])
  })

  it('says that no row is an anomaly', async () => {
    const { run, notes } = commands()
    const { rows } = await run('explain f --columns a,b --threshold 9')
    expect(rows).toEqual([])
    expect(notes).toEqual(['asked: no row is an anomaly; --row N explains any row'])
  })

  it.each([
    ['--row 41', /^f: there is no row 41; rows are numbered from 1 to 40$/],
    ['--row 0', /Give row numbers from 1/],
    ['--row 1.5', /Give row numbers from 1/],
    ['--row 1 --top 2', /cannot be used with/],
    ['--top 0', /limit/],
    ['--method shap', /Allowed choices are auto, tree-shap, contributions, kernel-shap, lime, permutation/],
    ['--method tree-shap --detector ecod', /tree-shap explains iforest, not ecod; for ecod there are: contributions/],
    ['--method permutation --row 1', /leave --row out/],
  ])('refuses %s', async (flags, message) => {
    const { run } = commands()
    await expect(run(`explain f --columns a,b ${flags}`)).rejects.toThrow(message)
  })
})

describe('detect --explain', () => {
  it("adds the detector's own reasons to the rows it prints", async () => {
    const { run, printed } = commands()
    const { header, rows } = await run('detect f --columns a,b --top 2 --explain')
    expect(header).toEqual(['row', 'score', 'stands_out', 'explanation'])
    expect(rows[0]?.[3]).toMatchObject({ row: 21, method: 'tree-shap', contributions: [{ feature: 'a' }, {}] })
    const text = printed.at(-1)?.textOf('explanation', rows[0]?.[3])
    expect(text).toMatch(/^a \+\d\S*, b [+-]\S+; normal with a at \S+ instead of 30, \S+ sd away$/)
    const plain = await run('detect f --columns a,b --top 2')
    expect(plain.rows.map((row) => row.slice(0, 2))).toEqual(rows.map((row) => row.slice(0, 2)))
  })

  it('takes a method, on a common scale too, and refuses one that does not fit', async () => {
    const { run } = commands()
    const { rows } = await run('detect f --columns a,b --top 1 --detector knn --standardize --explain kernel-shap')
    expect(rows[0]?.[3]).toMatchObject({
      row: 21,
      method: 'kernel-shap',
      contributions: [{ feature: 'a', value: 30 }, {}],
    })
    await expect(run('detect f --explain contributions')).rejects.toThrow(/not iforest/)
    await expect(run('detect f --explain permutation')).rejects.toThrow(/Allowed choices/)
    await expect(run('detect f --explain --all')).rejects.toThrow(/cannot be used with/)
    expect((await run('detect f --columns a,b --top 0 --explain')).header).toEqual(['row', 'score', 'stands_out'])
  })
})

interface Printed {
  readonly header: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
  readonly textOf: (column: string, value: unknown) => string | undefined
}

/** The commands over a table, models and output in memory. */
function commands() {
  const printed: Printed[] = []
  const notes: string[] = []
  const models = createMemoryModelRepository()
  const deps = { events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, models }
  const context: DetectionCommandContext = {
    openTable: ({ path, columns: wanted }) => {
      const names = NAMES.filter((name) => wanted?.includes(name) ?? true)
      const [from, to] = path === FEW ? [20, 21] : [0, 40]
      const columns = names.map((name) =>
        name === 'colour'
          ? ({ kind: 'text', name, values: COLOURS.slice(from, to) } as const)
          : ({ kind: 'number', name, values: COLUMNS[name].slice(from, to) } as const),
      )
      const batches = async function* () {
        yield { rows: to - from, columns }
      }
      return Promise.resolve({ columns, batches: batches() })
    },
    work: () =>
      startDetectionWork({
        detection: new DetectAnomalies(deps),
        evaluation: new EvaluateDetectors(deps),
        training: new TrainModel(deps),
        scoring: new ScoreWithModel(deps),
        explanation: new ExplainResults(deps),
        models,
      }),
    models: () => Promise.resolve(models),
    settings: () => Promise.resolve({}),
    print: ({ columns, rows }) => {
      const textOf = (name: string, value: unknown) => columns.find((one) => one.name === name)?.text?.(value)
      printed.push({ header: columns.map(({ name }) => name), rows: [...rows], textOf })
      return Promise.resolve()
    },
    formatOf: ({ format }) => Promise.resolve(format ?? 'csv'),
    isTerminal: () => false,
    note: (text, kind) => void notes.push(`${kind}: ${text}`),
    progress: () => undefined,
    exitWith: () => undefined,
    signal: new AbortController().signal,
  }
  const run = async (line: string): Promise<Printed> => {
    const program = new Command().exitOverride().configureOutput({ outputError: () => undefined })
    addDetectionCommands(program, context)
    await program.parseAsync(line.split(' '), { from: 'user' })
    const last = printed.at(-1)
    if (last === undefined) throw new Error('nothing was printed')
    return last
  }
  return { run, printed, notes }
}
