import { run } from './command.ts'

/** One check that can be run alone with the same command. */
export interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

interface Finished {
  readonly name: string
  readonly ok: boolean
}

/** Maps with at most `limit` promises at work; results keep the order of `items`. Rejects with the first rejection. */
export async function mapLimited<A, B>(
  items: ReadonlyArray<A>,
  limit: number,
  map: (item: A) => Promise<B>,
): Promise<ReadonlyArray<B>> {
  const results = new Map<number, B>()
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results.set(index, await map(item))
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return [...results.entries()].toSorted(([a], [b]) => a - b).map(([, result]) => result)
}

/**
 * Runs steps, at most `limit` at a time, and prints a line for each as it ends. Of the output only warnings are kept
 * where a step succeeds; a failure shows all of it.
 * @returns the number of failed steps
 */
export async function runSteps(steps: ReadonlyArray<Step>, limit: number): Promise<number> {
  const finished = await mapLimited(steps, limit, runStep)
  return finished.filter(({ ok }) => !ok).length
}

async function runStep({ name, command: [command, ...args] }: Step): Promise<Finished> {
  const started = performance.now()
  const { code, output } = await run(command, args)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const ok = code === 0
  console.log(`${name.padEnd(12)} ${seconds.padStart(6)} s  ${ok ? 'ok' : 'FAILED'}`)
  const lines = output.trimEnd().split('\n')
  const shown = ok ? lines.filter((line) => line.startsWith('warning:')) : lines
  for (const line of shown) console.log(`    ${line}`)
  if (!ok) console.log(`    (alone: npx -y pnpm@12 exec ${[command, ...args].join(' ')})`)
  return { name, ok }
}
