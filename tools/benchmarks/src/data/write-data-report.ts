import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { withSection } from '../marked-section.ts'

const page = join(import.meta.dirname, '../../../../docs/benchmarks-data.md')

/** Puts a report into docs/benchmarks-data.md between the marks `bench:<kind>`, in place of the last one. */
export function writeDataReport(kind: string, report: string): void {
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), `bench:${kind}`, report))
  console.error('Written to docs/benchmarks-data.md.')
}
