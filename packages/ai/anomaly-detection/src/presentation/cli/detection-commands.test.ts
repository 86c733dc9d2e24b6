import { Command } from 'commander'
import { describe, expect, it } from 'vitest'

import { DetectAnomalies } from '../../application/detect-anomalies.ts'
import { EvaluateDetectors } from '../../application/evaluate-detectors.ts'
import { ExplainResults } from '../../application/explain-results.ts'
import type { Table, TableSource } from '../../application/ports/table-reader.ts'
import { ScoreWithModel } from '../../application/score-with-model.ts'
import { TrainModel } from '../../application/train-model.ts'
import { createMemoryEventPublisher } from '../../infrastructure/memory-event-publisher.ts'
import { createMemoryModelRepository } from '../../infrastructure/memory-model-repository.ts'
import { randomIds } from '../../infrastructure/random-ids.ts'
import { systemClock } from '../../infrastructure/system-clock.ts'
import { addDetectionCommands } from './add-detection-commands.ts'
import type { CommandSettings, DetectionCommandContext } from './command-context.ts'
import { startDetectionWork } from './start-detection-work.ts'

interface Printed {
  readonly header: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
}

const VALUES: Readonly<Record<string, Float64Array | ReadonlyArray<string | null>>> = {
  a: Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? 30 : Math.sin(i))),
  b: Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? -30 : Math.cos(i * 1.7))),
  colour: Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'red' : 'blue')),
  fault: Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? 1 : 0)),
}

// Columns that only who names them gets.
const LABELS: typeof VALUES = {
  known: Float64Array.from({ length: 40 }, (_, i) => (i === 20 ? 1 : i % 4 === 0 ? 0 : Number.NaN)),
  zero: new Float64Array(40),
}

/** The commands over tables, models and output in memory. */
function commands({ settings = {}, isTerminal = false }: { settings?: CommandSettings; isTerminal?: boolean } = {}) {
  const opened: TableSource[] = []
  const printed: Printed[] = []
  const notes: string[] = []
  let exitCode = 0
  const models = createMemoryModelRepository()
  const deps = { events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, models }
  const context: DetectionCommandContext = {
    openTable: (source) => {
      opened.push(source)
      return Promise.resolve(tableOf(source.columns ?? Object.keys(VALUES)))
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
    settings: () => Promise.resolve(settings),
    print: ({ columns, rows }) => {
      printed.push({ header: columns.map(({ name }) => name), rows: [...rows] })
      return Promise.resolve()
    },
    formatOf: ({ format }) => Promise.resolve(format ?? (isTerminal ? 'table' : 'csv')),
    isTerminal: () => isTerminal,
    note: (text, kind) => void notes.push(`${kind}: ${text}`),
    progress: () => undefined,
    exitWith: (code) => {
      exitCode = code
    },
    signal: new AbortController().signal,
  }
  const program = new Command().exitOverride().configureOutput({ outputError: () => undefined })
  addDetectionCommands(program, context)
  return {
    opened,
    printed,
    notes,
    exitCode: () => exitCode,
    run: async (line: string): Promise<Printed | undefined> => {
      await program.parseAsync(line.split(' '), { from: 'user' })
      return printed.at(-1)
    },
  }
}

function tableOf(names: ReadonlyArray<string>): Table {
  const columns = names.map((name) => {
    const values = { ...VALUES, ...LABELS }[name] ?? []
    return values instanceof Float64Array
      ? ({ kind: 'number', name, values } as const)
      : ({ kind: 'text', name, values } as const)
  })
  const batches = async function* (): Table['batches'] {
    yield { rows: 40, columns }
  }
  return { columns, batches: batches() }
}

describe('detect', () => {
  it('prints row numbers from 1, scores and what stands out; tells what it left out', async () => {
    const { run, notes } = commands()
    const output = await run('detect f --detector knn --contamination 0.05 --label fault')

    expect(output?.header).toEqual(['row', 'score', 'label', 'stands_out'])
    expect(output?.rows[0]).toEqual([
      21,
      expect.any(Number),
      1,
      [
        { feature: expect.stringMatching(/^[ab]$/), value: expect.any(Number), deviation: expect.any(Number) },
        { feature: expect.stringMatching(/^[ab]$/), value: expect.any(Number), deviation: expect.any(Number) },
      ],
    ])
    expect(notes).toEqual([
      'warning: ignored column with text: colour (--encode onehot or ordinal uses them)',
      expect.stringMatching(/^summary: 40 rows, 2 features, knn: 2 anomalies \(5%\) scored above /),
      'asked: knn against the 1 known anomaly: ROC-AUC 1.0000, average precision 1.0000, precision at n 1.0000',
    ])
  })

  it('combines several detectors, with parameters of each, and says so', async () => {
    const { run, notes } = commands()
    const output = await run(
      'detect f --columns a,b --detector knn,ecod --combine max --unify rank --param knn.nNeighbors=3 --label fault --top 1',
    )

    expect(output?.rows[0]?.[0]).toBe(21)
    expect(notes).toEqual([
      expect.stringMatching(/^summary: 40 rows, 2 features, max of knn, ecod: \d anomalies/),
      expect.stringMatching(/^asked: max of knn, ecod against the 1 known anomaly: ROC-AUC 1\.0000/),
    ])
  })

  it('takes several detectors from the settings too', async () => {
    const { run, notes } = commands({ settings: { detector: 'knn, ecod' } })
    await run('detect f --columns a --combine median')

    expect(notes[0]).toContain('1 feature, median of knn, ecod: ')
  })

  it('lets a majority decide by the expected share of anomalies', async () => {
    const { run } = commands()
    const line =
      'detect f --columns a,b --detector knn,ecod,hbos --combine vote --weights 2,1,1 --contamination 0.05 --all'
    const output = await run(line)

    const sure = output?.rows.filter(([, score]) => Number(score) > 0.5) ?? []
    expect(sure.map(([row]) => row)).toContain(21)
    expect(sure.length).toBeLessThanOrEqual(2)
  })

  it('learns from known rows how far to trust each detector, and compares with nothing', async () => {
    const { run, notes } = commands()
    const stack = '--columns a,b --detector knn,ecod --combine stack'
    const output = await run(`detect f ${stack} --label known --top 1`)

    expect(output?.header).toEqual(['row', 'score', 'stands_out'])
    expect(output?.rows[0]?.[0]).toBe(21)
    expect(notes).toEqual([
      'asked: stack learns from 10 known rows, 1 of them anomalies',
      expect.stringMatching(/^summary: 40 rows, 2 features, stack of knn, ecod: 4 anomalies/),
    ])
    const model = await run(`fit f --model m ${stack} --label known --param ridge=2`)
    expect(model?.rows[0]).toContainEqual(expect.objectContaining({ combine: 'stack', ridge: 2 }))
    const [again, before] = [
      await run('score f --model m --all'),
      await run(`detect f ${stack} --label known --param ridge=2 --all`),
    ]
    expect(again?.rows.map(([, score]) => Number(score) > 0)).toEqual(
      before?.rows.map(([, score]) => Number(score) > 0),
    )
  })

  it('refuses to stack without labels, or by labels of one kind', async () => {
    const { run, opened } = commands()
    await expect(run('detect f --detector knn,ecod --combine stack')).rejects.toThrow(
      /with --label .*empty where unknown/,
    )
    await expect(run('fit f --model m --detector knn,ecod --combine stack')).rejects.toThrow(/with --label/)
    expect(opened).toEqual([])
    const alike = 'detect f --columns a,b --detector knn,ecod --combine stack --label zero'
    await expect(run(alike)).rejects.toThrow(
      'f: stack learns from rows of both kinds; the labels name 0 as anomalies and 40 as normal',
    )
    await expect(run('evaluate f --label fault --detectors knn,ecod --combine stack')).rejects.toThrow(
      /Allowed choices/,
    )
  })

  it('tells how sure each prediction is', async () => {
    const { run } = commands()
    const every = await run('detect f --columns a,b --detector knn --contamination 0.05 --confidence --all')
    const ranked = await run('detect f --columns a,b --detector knn --contamination 0.05 --confidence --top 1')

    expect(every?.header).toEqual(['row', 'score', 'anomaly', 'confidence'])
    expect(ranked?.header).toEqual(['row', 'score', 'confidence', 'stands_out'])
    expect(every?.rows.every(([, , , sure]) => Number(sure) >= 0 && Number(sure) <= 1)).toBe(true)
    expect(ranked?.rows[0]?.[2]).toBe(every?.rows[20]?.[3])
    await expect(run('detect f --confidence --threshold 3')).rejects.toThrow(/give --contamination instead/)
  })

  it('chooses a detector and says which and why', async () => {
    const { run, notes } = commands()
    const output = await run('detect f --columns a,b --detector auto --top 1')
    const [, chosen] =
      /^asked: auto chose (\w+): over 40 rows .*rank correlation: (?:\w+ -?0\.\d\d, ){4}\d+ more\)$/.exec(
        notes[0] ?? '',
      ) ?? []

    expect(output?.rows[0]?.[0]).toBe(21)
    expect(notes[1]).toContain(`features, ${chosen}: `)
  })

  it.each([
    ['--detector knn,none', /there is no detector 'none'/],
    ['--detector knn,ecod --weights 1,2,3', /3 weights for 2 detectors/],
    ['--detector knn --combine max', /at least 2 detectors/],
    ['--detector knn,ecod --combine max --weights 1,2', /max takes no weights/],
    ['--detector knn,ecod --param hbos.nBins=3', /'hbos' is not among the detectors knn, ecod/],
    ['--detector knn,ecod --param knn.nNeighbors=0', /parameters of knn: nNeighbors/],
    ['--detector knn,ecod --combine aom --param nBuckets=3', /3 buckets for 2 detectors/],
    ['--detector knn,,ecod', /there is no detector ''/],
  ])('refuses %s before it opens the file', async (flags, message) => {
    const { run, opened } = commands()
    await expect(run(`detect f ${flags}`)).rejects.toThrow(message)
    expect(opened).toEqual([])
  })

  it('shows values in their own units where columns were standardized', async () => {
    const output = await commands().run('detect f --columns a,b --detector knn --standardize --top 1')

    expect(output?.rows[0]?.[2]).toContainEqual({ feature: 'a', value: 30, deviation: expect.any(Number) })
  })

  it('takes settings where flags say nothing, and flags before them', async () => {
    const settings = { detector: 'knn', contamination: 0.05, encode: 'onehot', seed: 3 } as const
    const { run, notes } = commands({ settings })
    await run('detect f --label fault')
    await run('detect f --label fault --detector ecod --threshold 1e9')

    expect(notes.filter((note) => note.startsWith('summary'))).toEqual([
      expect.stringMatching(/40 rows, 4 features, knn: 2 anomalies/),
      expect.stringMatching(/40 rows, 4 features, ecod: 0 anomalies/),
    ])
  })

  it('shows 20 rows on a terminal, or as many as asked for', async () => {
    const { run, notes } = commands({ isTerminal: true })

    expect((await run('detect f --columns a --threshold 0'))?.rows).toHaveLength(20)
    expect(notes[0]).toMatch(/; 20 are shown \(--top N for more\)$/)
    expect((await run('detect f --columns a --threshold 0 --top 22'))?.rows).toHaveLength(22)
    expect((await run('detect f --columns a --threshold 0 --all'))?.rows).toHaveLength(40)
  })

  it.each([
    ['2', 1],
    ['3', 0],
    ['5%', 1],
    ['6%', 0],
  ])('with --fail-on %s ends with %i where 2 of 40 rows are anomalies', async (limit, code) => {
    const { run, exitCode } = commands()
    await run(`detect f --detector knn --columns a,b --contamination 0.05 --fail-on ${limit}`)

    expect(exitCode()).toBe(code)
  })

  it('refuses as many neighbours as rows where they were asked for, and adapts where not', async () => {
    const { run } = commands()
    const asked = run('detect f --columns a --detector knn --param nNeighbors=40')
    await expect(asked).rejects.toThrow('nNeighbors is 40, and there are 40 rows: it must be from 1 to 39')
    await expect(asked).rejects.toMatchObject({ code: 'anomaly-detection/invalid-parameters' })
    expect((await run('detect f --columns a --detector knn --param nNeighbors=39 --all'))?.rows).toHaveLength(40)
    await expect(run('evaluate f --label fault --detectors lof --param lof.nNeighbors=40')).rejects.toThrow(
      /f: .*nNeighbors is 40/,
    )
  })

  it('refuses a wrong detector before it opens the file', async () => {
    const { run, opened } = commands()

    await expect(run('detect f --detector none')).rejects.toMatchObject({ code: 'anomaly-detection/unknown-detector' })
    expect(opened).toEqual([])
  })
})

describe('fit, score and models', () => {
  it('keep a model, and read only the columns it needs', async () => {
    const { run, opened } = commands()
    const fitted = await run('fit f --model m --detector knn --columns b,colour --encode onehot')
    const scored = await run('score f --model m@1 --label fault --all')

    expect(fitted?.rows[0]?.slice(0, 3)).toEqual(['m', 1, 'knn'])
    expect(opened.at(-1)?.columns).toEqual(['b', 'colour', 'fault'])
    expect(scored?.header).toEqual(['row', 'score', 'anomaly'])
    expect(scored?.rows[20]?.[2]).toBe(1)
  })

  it('keep the scale of standardized columns', async () => {
    const { run } = commands()
    const fitted = await run('fit f --model m --detector knn --columns a,b --standardize --contamination 0.05')
    const scored = await run('score f --model m --top 1')
    const detected = await run('detect f --detector knn --columns a,b --standardize --contamination 0.05 --top 1')

    expect(fitted?.rows[0]).toContainEqual(expect.objectContaining({ method: 'z-score' }))
    expect(scored?.rows[0]?.[0]).toBe(21)
    expect(scored?.rows[0]?.[2]).toEqual(detected?.rows[0]?.[2])
    expect(Number(scored?.rows[0]?.[1])).toBeLessThan(Number(detected?.rows[0]?.[1])) // finds itself among its neighbours
  })

  it('keep an ensemble, and the detector that auto chose, as any model', async () => {
    const { run, notes } = commands()
    const both = await run('fit f --model both --columns a,b --detector knn,ecod --param knn.nNeighbors=3')
    const scored = await run('score f --model both --all')
    const chosen = await run('fit f --model chosen --columns a,b --detector auto')
    await run('score f --model chosen')

    expect(both?.rows[0]?.[2]).toBe('ensemble')
    expect(both?.rows[0]).toContainEqual(
      expect.objectContaining({
        detectors: [
          expect.objectContaining({ id: 'knn', parameters: expect.objectContaining({ nNeighbors: 3 }) as unknown }),
          { id: 'ecod', parameters: {} },
        ],
      }),
    )
    expect(scored?.rows[20]?.[2]).toBe(1)
    const id = String(chosen?.rows[0]?.[2])
    expect(notes.find((note) => note.startsWith(`asked: auto chose ${id}: `))).toMatch(/correlation 0\.\d\d\)$/)
  })

  it('list, show and remove; what is not there is told and makes the exit code 4', async () => {
    const { run, notes, exitCode } = commands()
    await run('fit f --model m --detector hbos --label fault')
    await run('fit f --model m --detector hbos --label fault')

    expect((await run('models'))?.rows.map((row) => row.slice(0, 3))).toEqual([
      ['m', 1, 'hbos'],
      ['m', 2, 'hbos'],
    ])
    expect((await run('models show m'))?.rows[0]?.[1]).toBe(2)
    expect((await run('models remove m x'))?.rows).toEqual([
      ['m', 2],
      ['x', 0],
    ])
    expect(notes).toContain("warning: there is no model 'x'")
    expect(exitCode()).toBe(4)
    await expect(run('score f --model m')).rejects.toMatchObject({ code: 'anomaly-detection/unknown-model' })
  })
})

describe('evaluate and detectors', () => {
  it('prints a line a detector', async () => {
    const output = await commands().run('evaluate f --label fault --detectors ecod,knn --param knn.nNeighbors=3')

    expect(output?.header).toEqual([
      'detector',
      'rocAuc',
      'averagePrecision',
      'precisionAtN',
      'fitMs',
      'scoreMs',
      'fitCpuMs',
      'scoreCpuMs',
      'rows',
      'features',
    ])
    expect(output?.rows.map(([detector, rocAuc]) => [detector, rocAuc])).toEqual([
      ['ecod', 1],
      ['knn', 1],
    ])
  })

  it('prints each of several files, and the means over them', async () => {
    const output = await commands().run('evaluate f g --label fault --columns a,b --detectors ecod,knn')

    expect(output?.header.slice(0, 3)).toEqual(['file', 'detector', 'rocAuc'])
    expect(output?.rows.map((row) => row.slice(0, 3))).toEqual([
      ['f', 'ecod', 1],
      ['f', 'knn', 1],
      ['g', 'ecod', 1],
      ['g', 'knn', 1],
      ['mean of 2', 'ecod', 1],
      ['mean of 2', 'knn', 1],
    ])
    const [fitMs, rows] = [5, 9]
    const ofKnn = output?.rows.filter(([, id]) => id === 'knn').map((row) => row[fitMs]) ?? []
    expect(ofKnn[2]).toBeCloseTo((Number(ofKnn[0]) + Number(ofKnn[1])) / 2, 9)
    expect(output?.rows.map((row) => row[rows])).toEqual([40, 40, 40, 40, null, null])
  })

  it('measures the ensemble of the detectors too, and what auto chooses', async () => {
    const { run } = commands()
    const line = 'evaluate f --label fault --detectors ecod,knn,auto'
    const together = await run('evaluate f --label fault --detectors ecod,knn --combine max --param knn.nNeighbors=3')

    expect(together?.rows.map(([id, rocAuc]) => [id, rocAuc])).toEqual([
      ['ecod', 1],
      ['knn', 1],
      ['ensemble', 1],
    ])
    expect((await run(line))?.rows.map(([id]) => id)).toEqual(['ecod', 'knn', 'auto'])
    await expect(run(`${line} --combine max`)).rejects.toThrow(/there is no detector 'auto'/)
    await expect(run('evaluate f --label fault --detectors ecod,knn --weights 1')).rejects.toThrow(/1 weights for 2/)
  })

  it('refuses a parameter without its detector', async () => {
    await expect(commands().run('evaluate f --label fault --param n=3')).rejects.toThrow('iforest.n=...')
  })

  it('tells parameters with their ranges', async () => {
    const { run } = commands()
    const all = await run('detectors')
    const one = await run('detectors hbos')

    expect(all?.rows.map(([id]) => id)).toEqual(expect.arrayContaining(['iforest', 'ensemble', 'auto']))
    expect(one?.rows[0]?.[4]).toMatchObject({ nBins: { default: 10 } })
    const series = await run('detectors sub-knn')
    expect(series?.rows[0]).toEqual(expect.arrayContaining(['sub-knn', 'O(n^2)', 'series']))
    expect(series?.rows[0]?.[4]).toMatchObject({ nNeighbors: { default: 50 } })
    await expect(run('detectors none')).rejects.toMatchObject({ code: 'anomaly-detection/unknown-detector' })
  })
})
