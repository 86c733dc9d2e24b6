import { afterEach, expect, it } from 'vitest'

import { allTo, canary, shadowed, split } from '../../domain/deployment/routing.ts'
import { type MlopsStore, openMlopsStore } from '../../infrastructure/open-mlops-store.ts'
import type { Predictor } from '../ports/predictor-source.ts'
import { Deployments, type DeploymentsDeps } from './deployments.ts'
import { PredictionRecorder } from './prediction-recorder.ts'

const cleanUp: Array<() => unknown> = []

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

/** Version n answers its input plus n; what was loaded and closed is remembered. */
function setUp(own: Record<string, Predictor['predict']> = {}, more: Partial<DeploymentsDeps> = {}) {
  const store = openMlopsStore({ path: ':memory:' })
  cleanUp.push(() => store.close())
  const life: string[] = []
  const recorder = new PredictionRecorder(store.predictions)
  let ids = 0
  const deployments = new Deployments({
    ...store,
    recorder,
    predictors: {
      load: async ({ version }) => {
        life.push(`load ${version}`)
        const predict = own[version] ?? ((input) => Number(input) + Number(version))
        return { predict, close: () => void life.push(`close ${version}`) }
      },
    },
    now: () => performance.timeOrigin + performance.now(),
    newId: () => `p${(ids += 1)}`,
    random: Math.random,
    onError: (error) => life.push(String(error)),
    ...more,
  })
  return { store, deployments, life, recorder }
}

async function registered(store: MlopsStore, count: number): Promise<void> {
  await store.registeredModels.create({ name: 'fraud' })
  for (let i = 0; i < count; i += 1) await store.modelVersions.create({ name: 'fraud', source: 's3://b/m' })
}

const ENDPOINT = { name: 'score', model: 'fraud' }

it('deals traffic by key among versions that are loaded when they are first asked', async () => {
  const { store, deployments, life } = setUp()
  await registered(store, 2)
  await deployments.create({ ...ENDPOINT, routing: canary('1', '2', 0.3), requestedBy: 'ann' })
  expect(life).toEqual([])
  const answers = new Map<string, string>()
  for (let i = 0; i < 200; i += 1) {
    const { output, version } = await deployments.predict('score', 10, { key: `k${i}` })
    expect(output).toBe(10 + Number(version))
    answers.set(`k${i}`, version)
  }
  const share = [...answers.values()].filter((version) => version === '2').length / 200
  expect(share).toBeGreaterThan(0.15)
  expect(share).toBeLessThan(0.45)
  for (const [key, version] of answers) expect((await deployments.predict('score', 1, { key })).version).toBe(version)
  expect(life.toSorted()).toEqual(['load 1', 'load 2'])
  expect(deployments.counts('score').reduce((sum, { answered }) => sum + answered, 0)).toBe(400)
})

it('changes the routing, keeps every one, and rolls back step by step or to a named one', async () => {
  const { store, deployments } = setUp()
  await registered(store, 3)
  await deployments.create({ ...ENDPOINT, routing: allTo('1') })
  await deployments.route('score', canary('1', '2', 0.5), { by: 'ann', reason: 'try 2' })
  await deployments.route('score', allTo('2'))
  const targets = async () =>
    (await deployments.find('score'))?.current.routing.targets.map(({ version }) => version).join()
  await deployments.rollBack('score', { by: 'bob' })
  expect(await targets()).toBe('1,2')
  await deployments.rollBack('score')
  expect(await targets()).toBe('1')
  await expect(deployments.rollBack('score')).rejects.toMatchObject({ code: 'mlops/invalid-state' })
  await deployments.rollBack('score', { to: 3 })
  expect(await targets()).toBe('2')
  await expect(deployments.rollBack('score', { to: 99 })).rejects.toMatchObject({ code: 'mlops/not-found' })
  const history = await deployments.history('score')
  expect(history.map(({ revision, restoredFrom }) => [revision, restoredFrom])).toEqual([
    [6, 3],
    [5, 1],
    [4, 2],
    [3, undefined],
    [2, undefined],
    [1, undefined],
  ])
  expect(history.at(-2)).toMatchObject({ requestedBy: 'ann', reason: 'try 2' })
  const types = (await store.archive.events({ type: 'nomaly.endpoint.*' })).items.map(({ type }) => type)
  expect(types).toEqual(['nomaly.endpoint.created', ...Array.from({ length: 5 }, () => 'nomaly.endpoint.routed')])
})

it('closes a predictor that nobody is routed to, after its last answer', async () => {
  let answer: (value: unknown) => void = () => undefined
  const { store, deployments, life } = setUp({ 1: () => new Promise((resolve) => (answer = resolve)) })
  await registered(store, 2)
  await deployments.create({ ...ENDPOINT, routing: allTo('1') })
  const slow = deployments.predict('score', 1)
  await expect.poll(() => life).toEqual(['load 1'])
  await deployments.route('score', allTo('2'))
  expect((await deployments.predict('score', 1)).version).toBe('2')
  expect(life).toEqual(['load 1', 'load 2'])
  answer('at last')
  expect((await slow).output).toBe('at last')
  await expect.poll(() => life).toEqual(['load 1', 'load 2', 'close 1'])
  await deployments.delete('score')
  expect(life.at(-1)).toBe('close 2')
  await expect(deployments.predict('score', 1)).rejects.toMatchObject({ code: 'mlops/not-found' })
})

it('neither delays nor fails the caller because of a shadow, and counts what shadows do', async () => {
  const seen: unknown[] = []
  const { store, deployments } = setUp(
    {
      1: (input) => {
        Object.assign(input as object, { changed: true }) // a predictor with bad manners
        return 'served'
      },
      2: () => new Promise(() => undefined),
      3: () => {
        throw new Error('shadow broke')
      },
      4: (input) => void seen.push(input),
    },
    { shadows: { timeoutMs: 30 } },
  )
  await registered(store, 4)
  await deployments.create({ ...ENDPOINT, routing: shadowed('1', '2', '3', '4') })
  const input = { amount: 5 }
  expect(await deployments.predict('score', input, { log: true, key: 'k' })).toMatchObject({
    output: 'served',
    version: '1',
  })
  expect(seen).toEqual([])
  expect(deployments.counts('score')).toMatchObject([{ version: '1', role: 'served', answered: 1 }])
  const notCloneable = () => 'a function'
  await deployments.predict('score', notCloneable)
  await expect
    .poll(() => deployments.counts('score').filter(({ role }) => role === 'shadow'))
    .toMatchObject([
      { version: '3', answered: 0, failed: 2 },
      { version: '4', answered: 1, failed: 1 },
      { version: '2', answered: 0, failed: 2 },
    ])
  expect(seen).toEqual([{ amount: 5 }])
})

it('drops inputs of shadows that do not keep up', async () => {
  const held: Array<() => void> = []
  const { store, deployments } = setUp(
    { 2: () => new Promise<void>((resolve) => held.push(resolve)) },
    { shadows: { mostRunning: 2 } },
  )
  await registered(store, 2)
  await deployments.create({ ...ENDPOINT, routing: shadowed('1', '2') })
  for (let i = 0; i < 5; i += 1) expect((await deployments.predict('score', i)).output).toBe(i + 1)
  expect(deployments.shadowsDropped).toBe(3)
  await expect.poll(() => held.length).toBe(2)
  for (const release of held) release()
  await deployments.close()
  expect(deployments.counts('score').find(({ role }) => role === 'shadow')).toMatchObject({ answered: 2 })
})

it('logs each prediction with its version, served and shadow, answered and failed, as it was at the time', async () => {
  const { store, deployments } = setUp({
    1: (input) => {
      if (input === 'bad') throw new Error('cannot say')
      return { p: 0.7 }
    },
  })
  await registered(store, 2)
  await deployments.create({ ...ENDPOINT, routing: shadowed('1', '2') })
  const input = { amount: 5 }
  const { predictionId } = await deployments.predict('score', input, { key: 'k', log: true })
  input.amount = 6
  await expect(deployments.predict('score', 'bad', { log: true })).rejects.toThrow('cannot say')
  await deployments.predict('score', 'not logged')
  await deployments.close()
  const { items } = await store.predictions.read({ endpoint: 'score', role: 'served' })
  expect(items).toMatchObject([
    { id: predictionId, revision: 1, model: 'fraud', version: '1', key: 'k', input: { amount: 5 }, output: { p: 0.7 } },
    { input: 'bad', error: 'cannot say' },
  ])
  const shadows = await store.predictions.read({ model: 'fraud', version: '2', role: 'shadow' })
  expect(shadows.items.map((one) => one.input)).toEqual([{ amount: 5 }, 'bad'])
  const cyclic: { self?: unknown } = {}
  cyclic.self = cyclic
  await expect(deployments.predict('score', cyclic, { log: true })).rejects.toMatchObject({
    code: 'mlops/invalid-argument',
  })
})

it('tries a failed load again, and refuses versions that are not registered', async () => {
  let broken = true
  const { store, deployments } = setUp(
    {},
    {
      predictors: {
        load: async () => {
          if (broken) throw new Error('no file')
          return { predict: () => 'here' }
        },
      },
    },
  )
  await registered(store, 1)
  await expect(deployments.create({ ...ENDPOINT, routing: allTo('2') })).rejects.toMatchObject({
    code: 'mlops/not-found',
  })
  await deployments.create({ ...ENDPOINT, routing: allTo('1') })
  await expect(deployments.route('score', split({ 1: 1, 2: 1 }))).rejects.toMatchObject({ code: 'mlops/not-found' })
  await expect(deployments.create({ ...ENDPOINT, routing: allTo('1') })).rejects.toMatchObject({
    code: 'mlops/already-exists',
  })
  await expect(deployments.predict('score', 1)).rejects.toThrow('no file')
  broken = false
  expect((await deployments.predict('score', 1)).output).toBe('here')
})

it('stores predictions in batches, and tells what is lost', async () => {
  const { store } = setUp()
  const batches: number[] = []
  const log = {
    append: async (predictions: Parameters<typeof store.predictions.append>[0]) => {
      batches.push(predictions.length)
      await store.predictions.append(predictions)
    },
  }
  const recorder = new PredictionRecorder(log, { batch: 100, waitMs: 5 })
  const part = {
    endpoint: 'e',
    revision: 1,
    model: 'm',
    version: '1',
    role: 'served',
    durationMs: 1,
    input: {},
  } as const
  for (let i = 0; i < 250; i += 1) await recorder.add({ ...part, id: `p${i}`, at: i, output: i })
  await expect.poll(() => batches.reduce((sum, size) => sum + size, 0)).toBe(250)
  expect(batches.length).toBeLessThanOrEqual(3)
  expect((await store.predictions.read({ endpoint: 'e' })).items.at(-1)?.output).toBe(249)

  const told: unknown[] = []
  const broken = new PredictionRecorder(
    { append: () => Promise.reject(new Error('disk full')) },
    { onLost: (lost, error) => told.push([lost.length, String(error)]) },
  )
  await broken.add({ ...part, id: 'x', at: 1, output: 1 })
  await broken.add({ ...part, id: 'y', at: 1, output: 1n })
  await broken.flush()
  expect(broken.lost).toBe(2)
  expect(told).toEqual([
    [1, expect.stringContaining('BigInt')],
    [1, 'Error: disk full'],
  ])
})
