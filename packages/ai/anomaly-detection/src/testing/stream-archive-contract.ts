import type { StreamArchive, StreamBook } from '../application/ports/stream-archive.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** A `StreamArchive`, and the same one as another process finds it. */
export interface StreamArchiveHarness {
  readonly archive: StreamArchive
  /** What is kept, opened anew; what was opened before has died, or is closed. */
  readonly again: () => Promise<StreamArchive>
}

const recordOf = (name: string) => ({ name, createdAt: 7, options: { name, seed: 3 } })
const textOf = (i: number): string => JSON.stringify({ index: i, key: 'ä\n"' })
const textsOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => textOf(from + i))

/** What every `StreamArchive` must keep. @param make - an empty one, that keeps at least 10,000 results */
export function streamArchiveContract(it: Case, make: () => Promise<StreamArchiveHarness>): void {
  it('keeps streams by their names, until they are removed', async () => {
    const { archive, again } = await make()
    expectEqual(await archive.list(), [])
    for (const name of ['b', 'a.db', 'A-1_x']) await archive.create(recordOf(name))
    await expectCode(archive.create({ ...recordOf('b'), createdAt: 8 }), 'anomaly-detection/stream-exists')
    await archive.remove('a.db')
    expectEqual(await (await again()).list(), [recordOf('A-1_x'), recordOf('b')])
    await archive.create(recordOf('a.db'))
    const book = await archive.open('a.db')
    expectEqual(book.found(), { journal: [] })
    await book.close()
  })

  it('finds what was taken since the last snapshot, in order, and once', async () => {
    const { again, book } = await opened(make)
    const [first, second, third] = [1, 2, 3].map((told) => ({ lines: `{"v":${told},"t":"ä"}\n2\n`, told }))
    if (first === undefined || second === undefined || third === undefined) return
    await book.append([first, second])
    await book.append([third])
    const later = await (await again()).open('a')
    const found = later.found()
    expectEqual([found.snapshot ?? null, found.journal], [null, [first, second, third]])
    expectEqual(later.found().journal, [])
    await later.save({ at: 3 })
    await later.append([first])
    const last = await (await again()).open('a')
    expectEqual(last.found(), { snapshot: { at: 3 }, journal: [first] })
    for (const one of [book, later, last]) await one.close()
  })

  it('numbers results from 1, and gives any of them', async () => {
    const { book } = await opened(make)
    expectEqual([book.results.range(), await book.results.read(1, 5)], [{ first: 1, last: 0 }, []])
    await book.results.add(textsOf(1, 3))
    await book.results.add(textsOf(4, 9000))
    expectEqual(book.results.range(), { first: 1, last: 9000 })
    for (const [from, limit] of [
      [1, 2],
      [3, 2],
      [4090, 20],
      [4110, 1],
      [8999, 10],
      [9001, 1],
    ] as const) {
      expectEqual(await book.results.read(from, limit), textsOf(from, Math.min(9000, from + limit - 1)))
    }
    await book.close()
  })

  it('goes back to the results of the snapshot, as the journal gives those after it again', async () => {
    const { again, book } = await opened(make)
    await book.results.add(textsOf(1, 5000))
    await book.save({})
    await book.results.add(textsOf(5001, 9500))
    const later = await (await again()).open('a')
    expectEqual(later.results.range(), { first: 1, last: 5000 })
    await later.results.add(textsOf(5001, 5002))
    expectEqual(await later.results.read(4999, 9), textsOf(4999, 5002))
    for (const one of [book, later]) await one.close()
  })

  it('gives a stream a place for its entities', async () => {
    const { again, book } = await opened(make)
    book.entities().put('k', 'state')
    const mark = book.entities().mark()
    await book.close()
    const later = await (await again()).open('a')
    later.entities().rewind(mark)
    expectEqual(later.entities().get('k'), 'state')
    await later.close()
  })
}

async function opened(
  make: () => Promise<StreamArchiveHarness>,
): Promise<StreamArchiveHarness & { readonly book: StreamBook }> {
  const harness = await make()
  await harness.archive.create(recordOf('a'))
  return { ...harness, book: await harness.archive.open('a') }
}
