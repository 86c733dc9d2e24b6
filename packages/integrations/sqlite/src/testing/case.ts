/** A test runner's `it`: a title and the body of a test. */
export type Case = (title: string, body: () => Promise<void>) => void

/** @throws Error where the two are not equal as JSON, in whatever order the members of their records stand */
export function expectEqual(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found, inOrder), JSON.stringify(expected, inOrder)]
  if (a !== b) throw new Error(`expected ${b}, found ${a}`)
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @throws Error where the work does not reject, or with a code of another reason: `sqlite/not-found` has `not-found` */
export async function expectReason(work: Promise<unknown>, reason: string): Promise<void> {
  const outcome = await work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
  expectEqual(outcome.split('/').at(-1), reason)
}

/** @throws Error where nothing is there */
export function there<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} should have been there`)
  return value
}
