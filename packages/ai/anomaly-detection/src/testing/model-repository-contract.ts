import type { ModelRepository } from '../application/ports/model-repository.ts'
import type { Model } from '../domain/model.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** What every `ModelRepository` must keep. @param make - an empty repository */
export function modelRepositoryContract(it: Case, make: () => Promise<ModelRepository>): void {
  it('answers the next version of a name, from 1 on', async () => {
    const models = await make()
    expectEqual((await models.save(modelOf('pump'))).version, 1)
    expectEqual((await models.save(modelOf('pump'))).version, 2)
    expectEqual((await models.save(modelOf('valve'))).version, 1)
  })

  it('finds the latest version, or the one asked for, with its state bit for bit', async () => {
    const models = await make()
    await models.save(modelOf('pump', Float64Array.of(0.1, -0, Number.MIN_VALUE, Infinity)))
    await models.save(modelOf('pump', Float64Array.of(2)))
    const first = await models.find('pump', 1)
    const latest = await models.find('pump')
    expectEqual([first?.version, latest?.version], [1, 2])
    expectEqual(bitsOf(first), [0.1, '-0', Number.MIN_VALUE, 'Infinity'])
    expectEqual(bitsOf(latest), [2])
  })

  it('answers undefined for a name or version that is not there', async () => {
    const models = await make()
    await models.save(modelOf('pump'))
    expectEqual([await models.find('valve'), await models.find('pump', 7)], [undefined, undefined])
  })

  it('lists every version by name, then version, without states', async () => {
    const models = await make()
    for (const name of ['valve', 'pump', 'valve']) await models.save(modelOf(name))
    const list = await models.list()
    expectEqual(
      list.map(({ name, version }) => [name, version]),
      [
        ['pump', 1],
        ['valve', 1],
        ['valve', 2],
      ],
    )
    expectEqual(
      list.some((summary) => 'state' in summary),
      false,
    )
  })

  it('removes one version or all, and never gives a living version out again', async () => {
    const models = await make()
    for (const name of ['pump', 'pump', 'pump']) await models.save(modelOf(name))
    expectEqual(await models.remove('pump', 2), 1)
    expectEqual(await models.remove('pump', 2), 0)
    expectEqual((await models.save(modelOf('pump'))).version, 4)
    expectEqual(await models.remove('pump'), 3)
    expectEqual([await models.remove('pump'), await models.list()], [0, []])
  })

  it('gives concurrent saves of one name different versions', async () => {
    const models = await make()
    const saved = await Promise.all(Array.from({ length: 8 }, () => models.save(modelOf('pump'))))
    expectEqual(
      saved.map(({ version }) => version).sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8],
    )
  })

  it('refuses a name that could leave its place', async () => {
    const models = await make()
    await expectCode(models.save(modelOf('../pump')), 'anomaly-detection/invalid-model-name')
  })
}

function modelOf(name: string, thresholds: Float64Array = Float64Array.of(1)): Omit<Model, 'version'> {
  return {
    id: `id-of-${name}`,
    name,
    algorithm: 'iforest',
    parameters: { nEstimators: 3 },
    features: ['a', 'b'],
    encodings: [],
    threshold: 0.625,
    seed: 1,
    createdAt: 1_700_000_000_000,
    metrics: { rows: 2 },
    state: { thresholds, nested: { roots: Int32Array.of(0, 3) } },
  }
}

// JSON has no word for -0 and Infinity.
function bitsOf(model: Model | undefined): ReadonlyArray<number | string> {
  if (model === undefined) throw new Error('the model is gone')
  const { thresholds } = model.state as { readonly thresholds: Float64Array } // as `modelOf` made it
  return Array.from(thresholds, (value) =>
    Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value),
  )
}
