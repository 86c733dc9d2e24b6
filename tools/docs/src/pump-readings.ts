import { type Dataset, datasetFromColumns } from '@nomaly/ai-anomaly-detection'

import { lehmer } from './sample-points.ts'

/** The reading of a bearing that runs hot, and the one of a leak: each value of it is usual, but not beside the others. */
export const HOT_ROW = 300
export const LEAK_ROW = 301

/** What the page on explanations explains: readings of a pump, flow following pressure, and two that do not belong. */
export function pumpReadings(): Dataset {
  const random = lehmer(5)
  const normal = (): number => random() + random() + random() + random() - 2 // near enough to a bell, sd 0.58
  const usual = Array.from({ length: HOT_ROW }, () => {
    const pressure = 5 + 0.9 * normal()
    const row = {
      temperature: 60 + 4 * normal(),
      vibration: 2 + 0.5 * normal(),
      pressure,
      flow: 8 * pressure + normal(),
    }
    return Object.values(row).map((value) => Math.round(value * 100) / 100)
  })
  const rows = [...usual, [76.4, 2.1, 5.2, 41.7], [60.8, 2.05, 5.8, 36.1]]
  const columnOf = (column: number): ReadonlyArray<number> => rows.map((row) => row[column] ?? 0)
  return datasetFromColumns({
    temperature: columnOf(0),
    vibration: columnOf(1),
    pressure: columnOf(2),
    flow: columnOf(3),
  })
}
