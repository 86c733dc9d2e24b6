import {
  configureDetector,
  type Dataset,
  explain,
  type ExplanationMethod,
  type FeatureContribution,
  type RowExplanation,
} from '@nomaly/ai-anomaly-detection'

import { drawing, place, type Scale, scaleOf, text } from './drawing.ts'
import { HOT_ROW, LEAK_ROW, pumpReadings } from './pump-readings.ts'

/** What the page shows, and the explanations that it speaks of. */
export interface ExplanationPictures {
  /** SVGs by file name, for light and dark pages. */
  readonly pictures: ReadonlyMap<string, string>
  readonly hot: RowExplanation
  /** Of the leak, by method; the last is that of a detector that sees features together. */
  readonly leak: ReadonlyArray<RowExplanation>
}

const FEATURE_HEIGHT = 30
const WIDTH = 640
const LEFT = 150
const RIGHT = 60

const leakAskedOf: ReadonlyArray<readonly [detector: string, method: ExplanationMethod]> = [
  ['ecod', 'contributions'],
  ['iforest', 'tree-shap'],
  ['gmm', 'kernel-shap'],
]

/** Explains the pump's readings and draws what came out. */
export async function explanationPictures(): Promise<ExplanationPictures> {
  const dataset = pumpReadings()
  const hot = await explained(dataset, HOT_ROW, 'iforest', 'tree-shap')
  const leak: RowExplanation[] = []
  for (const [detector, method] of leakAskedOf) leak.push(await explained(dataset, LEAK_ROW, detector, method))
  return {
    pictures: new Map([
      ['explanation-waterfall.svg', waterfall(hot)],
      ['explanation-counterfactual.svg', moved(dataset, hot)],
      ['explanation-leak.svg', sideBySide(leak)],
    ]),
    hot,
    leak,
  }
}

async function explained(
  dataset: Dataset,
  row: number,
  detector: string,
  method: ExplanationMethod,
): Promise<RowExplanation> {
  const detection = { detector, contamination: 0.01, seed: 1 }
  const { explanations } = await explain(dataset, { detection, explanation: { rows: [row], method } })
  const [one] = explanations
  if (one === undefined) throw new Error(`row ${row} was not explained`)
  return one
}

// From the base value to the output, a bar a feature.
function waterfall({ baseValue, outputValue, contributions }: RowExplanation): string {
  const height = (contributions.length + 2) * FEATURE_HEIGHT + 40
  const x = scaleOf([baseValue, outputValue, ...runningSums(baseValue, contributions)], LEFT, WIDTH - RIGHT)
  const rows: string[] = [mark(x(baseValue), 0, 'no feature told', baseValue)]
  let at = baseValue
  for (const [i, one] of contributions.entries()) {
    const to = at + one.contribution
    rows.push(bar(x, at, to, i + 1, one))
    at = to
  }
  rows.push(mark(x(outputValue), contributions.length + 1, 'this row', outputValue))
  const caption = text(
    WIDTH / 2,
    height - 10,
    'minus the mean path length, in splits: more abnormal to the right',
    'caption',
  )
  return drawing(WIDTH, height, 'How the features of a reading add up to its output', [...rows, caption])
}

function runningSums(base: number, contributions: ReadonlyArray<FeatureContribution>): ReadonlyArray<number> {
  let sum = base
  return contributions.map(({ contribution }) => (sum += contribution))
}

function mark(x: number, line: number, label: string, value: number): string {
  const y = line * FEATURE_HEIGHT + 10
  return [
    text(LEFT - 12, y + 15, label, 'label'),
    `<line class="axis" x1="${place(x)}" x2="${place(x)}" y1="${y}" y2="${y + 20}"/>`,
    text(x + 6, y + 15, value.toFixed(2), 'value'),
  ].join('')
}

function bar(x: Scale, from: number, to: number, line: number, one: FeatureContribution): string {
  const y = line * FEATURE_HEIGHT + 10
  const start = Math.min(x(from), x(to))
  const width = Math.max(1, Math.abs(x(to) - x(from)))
  const side = to >= from ? 'more' : 'less'
  return [
    text(LEFT - 12, y + 15, `${one.feature} ${one.value ?? ''}`, 'label'),
    `<rect class="${side}" x="${place(start)}" y="${y}" width="${place(width)}" height="20"/>`,
    text(start + width + 6, y + 15, signed(to - from), 'value'),
  ].join('')
}

// The score as the temperature moves, all else as it is, and where the row would be normal.
function moved(dataset: Dataset, { score, threshold, counterfactual }: RowExplanation): string {
  if (counterfactual?.outcome !== 'found' || typeof counterfactual.to !== 'number') throw new Error('none was found')
  const column = dataset.features.indexOf(counterfactual.feature)
  const row = dataset.data.slice(HOT_ROW * dataset.columns, (HOT_ROW + 1) * dataset.columns)
  const fitted = configureDetector('iforest').fit(dataset, { seed: 1 })
  const values = Array.from({ length: 1001 }, (_, i) => 52 + (26 * i) / 1000)
  const scores = values.map(
    (value) => fitted.score({ data: row.with(column, value), rows: 1, columns: row.length })[0] ?? 0,
  )
  const [height, bottom] = [300, 250]
  const x = scaleOf(values, 60, WIDTH - RIGHT)
  const y = scaleOf([...scores, 0.35], bottom, 20)
  const line = values.map((value, i) => `${place(x(value))} ${place(y(scores[i] ?? 0))}`).join('L')
  const from = Number(counterfactual.from)
  const ticks = [52, 56, 60, 64, 68, 72, 76].map((tick) => text(x(tick), bottom + 18, String(tick), 'tick'))
  return drawing(WIDTH, height, 'The score of a reading as its temperature moves', [
    `<line class="axis" x1="60" x2="${WIDTH - RIGHT}" y1="${bottom}" y2="${bottom}"/>`,
    ...ticks,
    text(WIDTH / 2, height - 10, 'temperature; the other three as they are', 'caption'),
    `<line class="threshold" x1="60" x2="${WIDTH - RIGHT}" y1="${place(y(threshold))}" y2="${place(y(threshold))}"/>`,
    text(64, y(threshold) - 6, `threshold ${threshold.toFixed(3)}`, 'value'),
    `<path class="line" d="M${line}"/>`,
    `<circle class="more" cx="${place(x(from))}" cy="${place(y(score))}" r="6"/>`,
    text(x(from) - 10, y(score) - 10, `${from}: an anomaly`, 'label'),
    `<circle class="less" cx="${place(x(counterfactual.to))}" cy="${place(y(counterfactual.score))}" r="6"/>`,
    text(x(counterfactual.to) + 12, y(counterfactual.score) + 14, `${counterfactual.to.toFixed(2)}: normal`, 'value'),
  ])
}

// What detectors of different kinds make of one row, each on its own scale.
function sideBySide(explanations: ReadonlyArray<RowExplanation>): string {
  const panel = (WIDTH - 110) / explanations.length
  const features = [...(explanations[0]?.contributions ?? [])]
    .map(({ feature }) => feature)
    .sort((a, b) => a.localeCompare(b))
  const height = features.length * FEATURE_HEIGHT + 80
  const labels = features.map((feature, i) => text(98, i * FEATURE_HEIGHT + 65, feature, 'label'))
  const panels = explanations.map(({ detector, method, contributions, score, threshold }, i) => {
    const left = 110 + i * panel
    const x = scaleOf([0, ...contributions.map((one) => one.contribution)], left + 10, left + panel - 58)
    const bars = features.map((feature, line) => {
      const value = contributions.find((one) => one.feature === feature)?.contribution ?? 0
      const start = Math.min(x(0), x(value))
      const y = line * FEATURE_HEIGHT + 50
      const width = Math.max(1, Math.abs(x(value) - x(0)))
      const side = value >= 0 ? 'more' : 'less'
      const box = `<rect class="${side}" x="${place(start)}" y="${y}" width="${place(width)}" height="20"/>`
      return box + text(start + width + 4, y + 15, signed(value), 'value')
    })
    const verdict = score > threshold ? 'an anomaly' : 'normal'
    return [
      text(left + 10, 18, `${detector}: ${verdict}`, 'value'),
      text(left + 10, 34, `by ${method}`, 'value'),
      `<line class="axis" x1="${place(x(0))}" x2="${place(x(0))}" y1="44" y2="${height - 34}"/>`,
      ...bars,
    ].join('')
  })
  const caption = text(WIDTH / 2, height - 10, 'contributions, each in the unit of its detector', 'caption')
  return drawing(WIDTH, height, 'What three detectors make of the same reading', [...labels, ...panels, caption])
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`
}
