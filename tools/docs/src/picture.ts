import { configureDetector, type Matrix, thresholdOf } from '@nomaly/ai-anomaly-detection'
import { contours } from 'd3-contour'

import { EXTENT, samplePoints } from './sample-points.ts'

/** Pixels a side. */
export const SIDE = 280
/** Cells a side of the grid that scores are drawn from. */
export const CELLS = 40
/** Shares of the training rows that lie in each deeper shade. */
export const SHARES: ReadonlyArray<number> = [0.5, 0.25, 0.1, 0.05, 0.02, 0.005]
/** The share of the training rows that is flagged. */
export const FLAGGED = 0.05

/** What a detector makes of the sample: shades for its scores over the plane, red for the rows it flags. An SVG. */
export function pictureOf(id: string): string {
  const sample = samplePoints()
  const fitted = configureDetector(id).fit(sample, { seed: 1 })
  const scores = fitted.trainingScores()
  const threshold = thresholdOf(scores, { kind: 'contamination', contamination: FLAGGED })
  const levels = SHARES.map((above) => thresholdOf(scores, { kind: 'contamination', contamination: above }))
  const shades = shadesOf(fitted.score(gridPoints()), [...new Set(levels)])
  const dots = Array.from(scores, (score, row) => dotOf(sample.data, row, score > threshold))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" width="${SIDE}" height="${SIDE}" role="img">`,
    `<title>${id}: scores over the plane, and the ${FLAGGED * 100} % of the rows it flags</title>`,
    `<rect width="${SIDE}" height="${SIDE}" fill="#fff"/>`,
    ...shades,
    ...dots,
    '</svg>',
    '',
  ].join('\n')
}

/** The middles of the cells, row by row from the top left. */
export function gridPoints(): Matrix {
  const data = new Float64Array(CELLS * CELLS * 2)
  const step = (2 * EXTENT) / CELLS
  for (let y = 0, at = 0; y < CELLS; y++) {
    for (let x = 0; x < CELLS; x++) {
      data[at++] = -EXTENT + (x + 0.5) * step
      data[at++] = EXTENT - (y + 0.5) * step
    }
  }
  return { data, rows: CELLS * CELLS, columns: 2 }
}

/** A shade for each level that scores pass; shape of the scores: (CELLS, CELLS). */
export function shadesOf(scores: Float64Array, levels: ReadonlyArray<number>): ReadonlyArray<string> {
  const opacity = (1 / (levels.length + 1)).toFixed(2)
  return contours()
    .size([CELLS, CELLS])
    .thresholds([...levels])([...scores])
    .map(({ coordinates }) => {
      const path = coordinates
        .flat()
        .map((ring) => `M${ring.map(([x = 0, y = 0]) => `${round(x)} ${round(y)}`).join('L')}Z`)
        .join('')
      return `<path transform="scale(${SIDE / CELLS})" d="${path}" fill="#3b5bdb" fill-opacity="${opacity}" fill-rule="evenodd"/>`
    })
}

/** One row of the sample. */
export function dotOf(data: Float64Array, row: number, isFlagged: boolean): string {
  const x = round((((data[row * 2] ?? 0) + EXTENT) / (2 * EXTENT)) * SIDE)
  const y = round(((EXTENT - (data[row * 2 + 1] ?? 0)) / (2 * EXTENT)) * SIDE)
  return isFlagged
    ? `<circle cx="${x}" cy="${y}" r="3.4" fill="#e03131" stroke="#fff" stroke-width="0.8"/>`
    : `<circle cx="${x}" cy="${y}" r="1.7" fill="#343a40"/>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
