import { type ResultFormat, validate } from '@nomaly/data-quality'
import { openDuckdb } from '@nomaly/data-quality/node'

import { usedSoFar } from '../profile/side-run.ts'
import { THIRTY_CHECKS } from './suite.ts'

/** Our checks of a file; prints what the run took and the bad rows of each check. */
export async function checkOurs(path: string, resultFormat: ResultFormat, version: string): Promise<void> {
  const start = performance.now()
  const { engine, close } = await openDuckdb({ paths: [path] })
  const suite = { name: 'thirty checks', expectations: THIRTY_CHECKS.map(({ expectation }) => expectation) }
  const { rows, results } = await validate(suite, engine, { resultFormat })
  const used = usedSoFar(start)
  await close()
  console.log(
    JSON.stringify({
      rows,
      ...used,
      versions: { nomaly: version },
      bad: results.map(({ result, success }) => result.unexpectedCount ?? !success),
    }),
  )
}
