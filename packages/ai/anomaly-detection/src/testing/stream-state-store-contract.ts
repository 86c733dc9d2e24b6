import type { StreamStateStore } from '../application/ports/stream-state-store.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** What every `StreamStateStore` must keep. @param make - an empty store */
export function streamStateStoreContract(it: Case, make: () => Promise<StreamStateStore>): void {
  it('answers what was put last under a key, whatever the text', async () => {
    const store = await make()
    expectEqual(store.get('a') ?? null, null)
    for (const [key, state] of [
      ['a', '1'],
      ['', '{"x":"ä\\n"}'],
      ['a', '2'],
      ["a'; --", '3'],
    ] as const)
      store.put(key, state)
    expectEqual(
      [store.get('a'), store.get(''), store.get("a'; --"), store.get('b') ?? null],
      ['2', '{"x":"ä\\n"}', '3', null],
    )
  })

  it('goes back to its last mark, to the one before, and to the beginning', async () => {
    const store = await make()
    store.put('a', '1')
    const first = store.mark()
    store.put('a', '2')
    store.put('b', '2')
    const second = store.mark()
    store.put('a', '3')
    store.put('c', '3')
    store.rewind(second)
    expectEqual([store.get('a'), store.get('b'), store.get('c') ?? null], ['2', '2', null])
    store.rewind(first)
    expectEqual([store.get('a'), store.get('b') ?? null], ['1', null])
    store.rewind(0)
    expectEqual(store.get('a') ?? null, null)
  })

  it('goes on after it went back, with marks that grow', async () => {
    const store = await make()
    store.put('a', '1')
    const first = store.mark()
    store.put('a', '2')
    store.rewind(first)
    store.put('b', '3')
    const next = store.mark()
    expectEqual(next > first, true)
    store.put('b', '4')
    store.rewind(next)
    expectEqual([store.get('a'), store.get('b')], ['1', '3'])
  })

  it('refuses marks that it never gave, and those before the last two', async () => {
    const store = await make()
    const marks = ['1', '2', '3'].map((state) => {
      store.put('a', state)
      return store.mark()
    })
    for (const mark of [marks[0] ?? 0, (marks[2] ?? 0) + 1]) {
      await expectCode(
        Promise.resolve().then(() => store.rewind(mark)),
        'anomaly-detection/invalid-stream-state',
      )
    }
    store.rewind(marks[1] ?? 0)
    expectEqual(store.get('a'), '2')
  })
}
