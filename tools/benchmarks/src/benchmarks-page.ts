import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { withSection } from './marked-section.ts'

const page = join(import.meta.dirname, '../../../docs/benchmarks.md')

/** Puts a report into docs/benchmarks.md, in place of the last one of its kind. */
export function writeReport(
  kind:
    | 'speed'
    | 'accuracy'
    | 'files'
    | 'growth'
    | 'threads'
    | 'mlops-store'
    | 'nab'
    | 'stream'
    | 'serve'
    | 'serve-big',
  report: string,
): void {
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), `bench:${kind}`, report))
  console.error(`Written to docs/benchmarks.md.`)
}
