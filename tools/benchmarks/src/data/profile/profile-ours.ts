import { profileTable } from '@nomaly/data-profiling'
import { openDuckdb } from '@nomaly/data-profiling/node'

import { usedSoFar } from './side-run.ts'

/** Profiles a file with the default options and prints what it took. */
export async function profileOurs(path: string, version: string): Promise<void> {
  const start = performance.now()
  const { engine, close } = await openDuckdb({ paths: [path] })
  const profile = await profileTable({ engine, now: Date.now })
  await close()
  const [, , third, fourth] = profile.columns
  const check = { nulls: third?.nulls ?? 0, mean: fourth?.numbers?.mean ?? 0 }
  console.log(
    JSON.stringify({ rows: profile.rows, ...usedSoFar(start), versions: { '@nomaly/data-profiling': version }, check }),
  )
}
