import { compareProfiles, memoryEngine, profileTable, recordsTable } from '@nomaly/data-profiling'

const readings = (shift: number): ReadonlyArray<{ temperature: number; state: string | undefined }> =>
  Array.from({ length: 2000 }, (_, i) => ({
    temperature: 20 + shift + 4 * Math.sin(i * 1.7),
    state: ['idle', 'busy', 'busy'][i % 3],
  }))
const profiled = (rows: ReadonlyArray<Record<string, unknown>>): ReturnType<typeof profileTable> =>
  profileTable({ engine: memoryEngine(recordsTable(rows)), now: Date.now }, { sketches: true })

const comparison = compareProfiles(await profiled(readings(0)), await profiled(readings(1.5)))
console.log(`${comparison.drifted} of ${comparison.tested} columns drifted`) // 1 of 2 columns drifted
for (const { column, values } of comparison.columns) {
  if (values.outcome !== 'none')
    console.log(column, values.outcome, values.test, values.adjustedPValue, values.distance)
}
