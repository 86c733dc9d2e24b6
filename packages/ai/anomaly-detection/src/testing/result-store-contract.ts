import type { FeedbackStore } from '../application/ports/feedback-store.ts'
import type { ResultDraft, ResultStore } from '../application/ports/result-store.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** Stores under test; both over the same results. */
export interface ResultStoreHarness {
  readonly results: ResultStore
  readonly feedback: FeedbackStore
}

/** What every `ResultStore` and its `FeedbackStore` must keep. @param make - empty stores */
export function resultStoreContract(it: Case, make: () => Promise<ResultStoreHarness>): void {
  resultCases(it, make)
  feedbackCases(it, make)
}

function resultCases(it: Case, make: () => Promise<ResultStoreHarness>): void {
  it('shows a result once it is finished, and not before', async () => {
    const { results } = await make()
    const writer = await results.write('r-1')
    await writer.append({ score: Float64Array.of(1, 5) })
    expectEqual([await results.list(), writer.rows], [[], 0])
    await expectCode(results.open('r-1'), 'anomaly-detection/unknown-result')
    const info = await writer.finish(draftOf(1))
    expectEqual([info.id, (await results.list()).map(({ id }) => id)], ['r-1', ['r-1']])
    const { rows, anomalyCount, dataset } = (await results.open('r-1')).info
    expectEqual([rows, anomalyCount, dataset], [info.rows, info.anomalyCount, info.dataset])
  })

  it('tells what follows from the scores, and gives rows by score: equal ones by row, those without one last', async () => {
    const { results } = await make()
    const writer = await results.write('r-1')
    await writer.append({ score: Float64Array.of(0.5, Number.NaN, 2) })
    await writer.append({ score: Float64Array.of(-3, 2, 0, -0) })
    const { rows, anomalyCount, scores } = await writer.finish(draftOf(1, 0.4))
    expectEqual([rows, anomalyCount, scores], [7, 3, { least: -3, most: 2 }])
    const { read, pick } = await results.open('r-1')
    expectEqual([...(await read('order', 0, 100))], [2, 4, 0, 5, 6, 3, 1])
    expectEqual([...(await read('order', 1, 2))], [4, 0])
    expectEqual([...(await read('score', 2, 2))], [2, -3])
    expectEqual([...(await pick('score', [6, 0, 3, 0]))].map(String), ['0', '0.5', '-3', '0.5'])
  })

  it('keeps the columns of series', async () => {
    const { results } = await make()
    const writer = await results.write('r-1')
    const ones = Float64Array.of(1, 2)
    await writer.append({ score: ones, time: ones, value: ones, entity: Uint32Array.of(0, 2 ** 32 - 1) })
    await writer.finish(draftOf(1))
    const { read, pick } = await results.open('r-1')
    expectEqual([...(await read('time', 1, 9))], [2])
    expectEqual([...(await pick('entity', [1]))], [2 ** 32 - 1])
  })

  it('goes on with what an earlier writer had put on disk', async () => {
    const { results } = await make()
    const first = await results.write('r-1')
    await first.append({ score: Float64Array.of(1, 2, 3) })
    await first.sync()
    await first.append({ score: Float64Array.of(9) })
    await first.leave()
    const second = await results.write('r-1', 3)
    expectEqual(second.rows, 3)
    await second.append({ score: Float64Array.of(4, 5) })
    await second.finish(draftOf(1))
    expectEqual([...(await (await results.open('r-1')).read('score', 0, 9))], [1, 2, 3, 4, 5])
    expectEqual((await results.write('r-2', 3)).rows, 0)
  })

  it('keeps the first of two results with the same id', async () => {
    const { results } = await make()
    for (const score of [1, 2]) {
      const writer = await results.write('r-1')
      await writer.append({ score: Float64Array.of(score) })
      expectEqual((await writer.finish(draftOf(score))).scores.most, 1)
    }
    expectEqual((await results.list()).length, 1)
  })

  it('forgets what was abandoned', async () => {
    const { results } = await make()
    const writer = await results.write('r-1')
    await writer.append({ score: Float64Array.of(1) })
    await writer.sync()
    await writer.abandon()
    expectEqual([(await results.write('r-1', 1)).rows, await results.list()], [0, []])
  })

  it('lists the newest first, and removes', async () => {
    const { results } = await make()
    for (const at of [1, 3, 2]) await keep(results, `r-${at}`, at)
    expectEqual(
      (await results.list()).map(({ id }) => id),
      ['r-3', 'r-2', 'r-1'],
    )
    await results.remove('r-3')
    await expectCode(results.remove('r-3'), 'anomaly-detection/unknown-result')
    expectEqual(
      (await results.list()).map(({ id }) => id),
      ['r-2', 'r-1'],
    )
  })

  it('knows no result of an id that could leave its place', async () => {
    const { results } = await make()
    for (const id of ['../x', '', '.incoming', 'a/b']) {
      await expectCode(results.open(id), 'anomaly-detection/unknown-result')
      await expectCode(results.remove(id), 'anomaly-detection/unknown-result')
    }
  })
}

function feedbackCases(it: Case, make: () => Promise<ResultStoreHarness>): void {
  it('keeps the last that was said of a row, by row', async () => {
    const { results, feedback } = await make()
    await keep(results, 'r-1', 1)
    expectEqual([...(await feedback.list('r-1'))], [])
    await feedback.put('r-1', { row: 1, verdict: 'false_alarm', at: 1 })
    await feedback.put('r-1', { row: 0, verdict: 'true_alarm', note: 'a "leak",\nseen', at: 2 })
    await feedback.put('r-1', { row: 1, verdict: 'true_alarm', at: 3 })
    expectEqual(
      [...(await feedback.list('r-1')).values()],
      [
        { row: 0, verdict: 'true_alarm', note: 'a "leak",\nseen', at: 2 },
        { row: 1, verdict: 'true_alarm', at: 3 },
      ],
    )
    expectEqual([await feedback.remove('r-1', 0), await feedback.remove('r-1', 0)], [true, false])
    expectEqual([...(await feedback.list('r-1')).keys()], [1])
  })

  it('keeps what many say at once, again and again', async () => {
    const { results, feedback } = await make()
    await keep(results, 'r-1', 1)
    const many = Array.from({ length: 40 }, (_, at) => ({ row: at % 7, verdict: 'true_alarm', at }) as const)
    await Promise.all(many.map((one) => feedback.put('r-1', one)))
    expectEqual(
      Array.from((await feedback.list('r-1')).values(), ({ at }) => at),
      [35, 36, 37, 38, 39, 33, 34],
    )
  })

  it('has none for a result that is not there, and forgets it with the result', async () => {
    const { results, feedback } = await make()
    const said = { row: 0, verdict: 'true_alarm', at: 1 } as const
    await expectCode(feedback.list('r-1'), 'anomaly-detection/unknown-result')
    await expectCode(feedback.put('r-1', said), 'anomaly-detection/unknown-result')
    await keep(results, 'r-1', 1)
    await feedback.put('r-1', said)
    await results.remove('r-1')
    await expectCode(feedback.put('r-1', said), 'anomaly-detection/unknown-result')
    await keep(results, 'r-1', 1)
    expectEqual((await feedback.list('r-1')).size, 0)
  })
}

async function keep(results: ResultStore, id: string, createdAt: number): Promise<void> {
  const writer = await results.write(id)
  await writer.append({ score: Float64Array.of(1, 2) })
  await writer.finish(draftOf(createdAt))
}

function draftOf(createdAt: number, threshold = 1): ResultDraft {
  return {
    dataset: { id: 'd-1', name: 'pumps.csv', sha256: 'ab' },
    createdAt,
    durationMs: 1,
    algorithm: 'iforest',
    parameters: { nEstimators: 10 },
    options: { seed: 1 },
    columns: ['a'],
    threshold,
    bands: false,
  }
}
