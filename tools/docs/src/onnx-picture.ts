import { configureDetector, type FittedDetector, type Matrix, thresholdOf } from '@nomaly/ai-anomaly-detection'
import { createOnnxRuntime, exportOnnx, OnnxDetector } from '@nomaly/ai-anomaly-detection/onnx'

import { CELLS, dotOf, FLAGGED, gridPoints, shadesOf, SHARES, SIDE } from './picture.ts'
import { samplePoints } from './sample-points.ts'

const SHOWN = ['iforest', 'gmm', 'lof'] as const
const PARAMETERS: Readonly<Record<string, object>> = { gmm: { nComponents: 3 } }
const GAP = 16
const CAPTION = 22
const WIDTH = SHOWN.length * SIDE + (SHOWN.length - 1) * GAP
const HEIGHT = SIDE + CAPTION

/** Planes whose left half is scored by the model and whose right half by its ONNX file, in onnxruntime: there is no seam. An SVG. */
export async function onnxPicture(): Promise<string> {
  const panels = await Promise.all(SHOWN.map(panelOf))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    '<title>Scores over the plane: left of the line by the model, right of it by its ONNX file</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...panels.map((panel, i) => `<g transform="translate(${i * (SIDE + GAP)} 0)">${panel}</g>`),
    '</svg>',
    '',
  ].join('\n')
}

async function panelOf(id: string): Promise<string> {
  const sample = samplePoints()
  const fitted = configureDetector(id, PARAMETERS[id]).fit(sample, { seed: 1 })
  const scores = fitted.trainingScores()
  const threshold = thresholdOf(scores, { kind: 'contamination', contamination: FLAGGED })
  const levels = SHARES.map((above) => thresholdOf(scores, { kind: 'contamination', contamination: above }))
  const here = fitted.score(gridPoints())
  const there = await scoresOfFile(fitted, threshold, gridPoints())
  const halves = here.map((score, cell) => (cell % CELLS < CELLS / 2 ? score : (there[cell] ?? Number.NaN)))
  const dots = Array.from(scores, (score, row) => dotOf(sample.data, row, score > threshold))
  const half = SIDE / 2
  const text = (x: number, words: string): string =>
    `<text x="${x}" y="${SIDE + 15}" font-family="sans-serif" font-size="12" fill="#343a40" text-anchor="middle">${words}</text>`
  return [
    `<title>${id}</title>`,
    ...shadesOf(halves, [...new Set(levels)]),
    ...dots,
    `<line x1="${half}" y1="0" x2="${half}" y2="${HEIGHT}" stroke="#868e96" stroke-width="1" stroke-dasharray="3 3"/>`,
    text(half / 2, `${id}, here`),
    text(half * 1.5, `${id}.onnx`),
  ].join('\n')
}

async function scoresOfFile(
  { id, parameters, state }: FittedDetector,
  threshold: number,
  x: Matrix,
): Promise<Float64Array> {
  const file = await exportOnnx({ algorithm: id, parameters, features: ['x', 'y'], threshold, state })
  const detector = await OnnxDetector.open(createOnnxRuntime(), file)
  try {
    return await detector.score(x)
  } finally {
    await detector.close()
  }
}
