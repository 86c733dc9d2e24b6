import type { SuitesStore } from '../application/ports/suites-store.ts'
import type { Suite } from '../domain/expectation.ts'
import { type Case, expectEqual } from './case.ts'

const suite = (name: string, rows: number): Suite => ({
  name,
  expectations: [{ type: 'expectTableRowCountToEqual', kwargs: { value: rows }, severity: 'info', meta: { by: 'me' } }],
})

/** What every `SuitesStore` must keep. @param make - an empty store */
export function suitesStoreContract(it: Case, make: () => Promise<SuitesStore>): void {
  it('keeps every change as a version, and nothing where nothing changed', async () => {
    const store = await make()
    expectEqual(await store.save(suite('a', 1), 10), { suite: suite('a', 1), version: 1, savedAt: 10 })
    expectEqual((await store.save(suite('a', 2), 20)).version, 2)
    expectEqual(await store.save(suite('a', 2), 30), { suite: suite('a', 2), version: 2, savedAt: 20 })
    expectEqual((await store.save(suite('a', 1), 40)).version, 3)
    expectEqual(await store.versions('a'), [
      { version: 3, savedAt: 40 },
      { version: 2, savedAt: 20 },
      { version: 1, savedAt: 10 },
    ])
    expectEqual((await store.get('a', 2))?.suite, suite('a', 2))
    expectEqual((await store.get('a'))?.version, 3)
  })

  it('lists the newest versions by name, in the order of code points', async () => {
    const store = await make()
    for (const name of ['b', 'a', '\u{1f600}', '\uff5e', 'B']) await store.save(suite(name, 1), 1)
    await store.save(suite('a', 2), 2)
    expectEqual(
      (await store.list()).map((kept) => [kept.suite.name, kept.version]),
      [
        ['B', 1],
        ['a', 2],
        ['b', 1],
        ['\uff5e', 1],
        ['\u{1f600}', 1],
      ],
    )
  })

  it('knows no suite that was not saved', async () => {
    const store = await make()
    await store.save(suite('a', 1), 1)
    expectEqual(await store.get('b'), undefined)
    expectEqual(await store.get('a', 2), undefined)
    expectEqual(await store.versions('b'), [])
  })
}
