import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { nomalyVersion } from '../version.ts'
import type { PartReport } from './part-report.ts'

const PACKAGES = [
  '@nomaly/ai-anomaly-detection',
  '@nomaly/configuration-anomaly-detection-basic',
  '@nomaly/integration-files',
]

/** The versions of this program and the packages it is made of. */
export function versionReports(): ReadonlyArray<PartReport> {
  const require = createRequire(import.meta.url)
  const reports = PACKAGES.map((name): PartReport => {
    const manifest: { readonly version: string } = JSON.parse(
      readFileSync(require.resolve(`${name}/package.json`), 'utf8'),
    )
    return { part: name, state: 'on', detail: manifest.version }
  })
  return [{ part: 'nomaly', state: 'on', detail: nomalyVersion() }, ...reports]
}
