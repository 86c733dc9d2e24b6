import type { EndpointHistory, EndpointStore } from '../application/ports/endpoint-store.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

const routingTo = (version: string) => ({ targets: [{ version, weight: 1 }] })

/** What every `EndpointStore` must keep. @param make - an empty store */
export function endpointStoreContract(it: Case, make: () => Promise<EndpointStore & EndpointHistory>): void {
  it('creates, finds and lists by name', async () => {
    const store = await make()
    for (const name of ['b', 'a'])
      await store.create({ name, model: 'fraud', routing: routingTo('1'), requestedBy: 'ann' })
    const found = await store.find('a')
    expectEqual(
      [found?.model, found?.current.revision, found?.current.routing, found?.current.requestedBy],
      ['fraud', 1, routingTo('1'), 'ann'],
    )
    expectEqual(
      (await store.list()).map(({ name }) => name),
      ['a', 'b'],
    )
    expectEqual(await store.find('c'), undefined)
    await expectCode(store.create({ name: 'a', model: 'x', routing: routingTo('1') }), 'mlops/already-exists')
  })

  it('keeps every routing, and refuses to replace one that is not current', async () => {
    const store = await make()
    await store.create({ name: 'a', model: 'fraud', routing: routingTo('1') })
    await store.change('a', { kind: 'route', routing: routingTo('2'), replaces: 1, reason: 'better' })
    await expectCode(store.change('a', { kind: 'route', routing: routingTo('3'), replaces: 1 }), 'mlops/invalid-state')
    await store.change('a', { kind: 'route', routing: routingTo('1'), replaces: 2, restoredFrom: 1 })
    expectEqual(
      (await store.history('a')).map(({ revision, routing, restoredFrom, reason }) => [
        revision,
        routing.targets[0]?.version,
        restoredFrom ?? 0,
        reason,
      ]),
      [
        [3, '1', 1, ''],
        [2, '2', 0, 'better'],
        [1, '1', 0, ''],
      ],
    )
  })

  it('deletes an endpoint, whose name is free again', async () => {
    const store = await make()
    await store.create({ name: 'a', model: 'fraud', routing: routingTo('1') })
    expectEqual(await store.change('a', { kind: 'delete' }), undefined)
    await expectCode(store.change('a', { kind: 'delete' }), 'mlops/not-found')
    await expectCode(store.history('a'), 'mlops/not-found')
    expectEqual((await store.create({ name: 'a', model: 'fraud', routing: routingTo('1') })).current.revision, 1)
  })

  it('refuses names and routings that cannot be', async () => {
    const store = await make()
    for (const name of ['', '-a', 'a b', 'a'.repeat(64)])
      await expectCode(store.create({ name, model: 'fraud', routing: routingTo('1') }), 'mlops/invalid-argument')
    await expectCode(store.create({ name: 'a', model: 'fraud', routing: { targets: [] } }), 'mlops/invalid-argument')
  })
}
