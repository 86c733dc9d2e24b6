import type { PredictionLog, PredictionQuery } from '../application/ports/prediction-log.ts'
import type { Prediction } from '../domain/deployment/prediction.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

const predictionAt = (at: number, more: Partial<Prediction> = {}): Prediction => ({
  id: `p${at}`,
  endpoint: 'e',
  revision: 1,
  model: 'fraud',
  version: '1',
  role: 'served',
  at,
  durationMs: 0.5,
  input: { amount: at },
  ...(more.error === undefined ? { output: at } : {}),
  ...more,
})

/** What every `PredictionLog` must keep. @param make - an empty log */
export function predictionLogContract(it: Case, make: () => Promise<PredictionLog>): void {
  it('gives back what it took, whole and in order', async () => {
    const log = await make()
    const predictions = [
      predictionAt(2, { key: 'k', output: { p: [0.5, null] } }),
      predictionAt(1, { output: null }),
      predictionAt(3, { error: 'broke' }),
    ]
    await log.append(predictions)
    await log.append([])
    expectEqual((await log.read({})).items, predictions)
  })

  it('keeps to endpoint, model, version, role and time', async () => {
    const log = await make()
    await log.append([
      predictionAt(1),
      predictionAt(2, { version: '2' }),
      predictionAt(3, { role: 'shadow' }),
      predictionAt(4, { endpoint: 'f', model: 'other' }),
    ])
    const ids = async (query: PredictionQuery): Promise<string> =>
      (await log.read(query)).items.map(({ id }) => id).join()
    expectEqual(await ids({ endpoint: 'e' }), 'p1,p2,p3')
    expectEqual(await ids({ model: 'fraud', version: '1' }), 'p1,p3')
    expectEqual(await ids({ role: 'served', from: 2 }), 'p2,p4')
    expectEqual(await ids({ to: 3 }), 'p1,p2')
  })

  it('pages through many, and forgets old ones', async () => {
    const log = await make()
    await log.append(Array.from({ length: 25 }, (_, at) => predictionAt(at)))
    const first = await log.read({ limit: 20, endpoint: 'e' })
    const second = await log.read({ limit: 20, endpoint: 'e', pageToken: String(first.next) })
    expectEqual([first.items.length, second.items.length, second.next], [20, 5, undefined])
    await expectCode(log.read({ pageToken: 'x' }), 'mlops/invalid-argument')
    await expectCode(log.read({ limit: 0 }), 'mlops/invalid-argument')
    expectEqual([await log.prune(10), (await log.read({})).items.length], [10, 15])
  })
}
