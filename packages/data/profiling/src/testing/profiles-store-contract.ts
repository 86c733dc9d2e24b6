import type { ProfilesStore } from '../application/ports/profiles-store.ts'
import type { Profile } from '../domain/profile.ts'
import { type Case, expectEqual } from './case.ts'

const profile = (source: string, createdAt: number): Profile => ({
  formatVersion: 1,
  source,
  engine: 'memory',
  createdAt,
  rows: 3,
  columns: [],
  missingCells: 0,
  duplicateRows: null,
  correlations: [],
  missingPatterns: [],
  keys: [{ columns: ['größe'], exact: true }],
  dependencies: [],
  alerts: [],
  sample: [{ größe: 1.5, b: null }],
})

/** What every `ProfilesStore` must keep. @param make - an empty store */
export function profilesStoreContract(it: Case, make: () => Promise<ProfilesStore>): void {
  it('gives back what was kept, and undefined for what was not; one id once', async () => {
    const store = await make()
    await store.append({ id: 'a', profile: profile('x.csv', 1) })
    await store.append({ id: 'a', profile: profile('y.csv', 2) })
    expectEqual(await store.get('a'), { id: 'a', profile: profile('x.csv', 1) })
    expectEqual(await store.get('b'), undefined)
    expectEqual(await store.list(), [
      { id: 'a', source: 'x.csv', engine: 'memory', createdAt: 1, rows: 3, columns: 0, alerts: 0 },
    ])
  })

  it('lists newest first, of one time the one kept last first, and only what is asked for', async () => {
    const store = await make()
    for (const [id, source, at] of [
      ['b', 'x', 20],
      ['a', 'x', 10],
      ['c', 'y', 20],
    ] as const)
      await store.append({ id, profile: profile(source, at) })
    const ids = async (query?: Parameters<ProfilesStore['list']>[0]): Promise<unknown> =>
      (await store.list(query)).map(({ id }) => id)
    expectEqual(await ids(), ['c', 'b', 'a'])
    expectEqual(await ids({ source: 'x' }), ['b', 'a'])
    expectEqual(await ids({ before: 20 }), ['a'])
    expectEqual(await ids({ limit: 1 }), ['c'])
    expectEqual(await ids({ source: "' OR 1=1 --" }), [])
  })
}
