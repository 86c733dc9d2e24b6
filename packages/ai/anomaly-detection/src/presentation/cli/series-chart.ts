/** A series drawn in braille dots, two by four of them a character, with a mark under each anomaly. */

const ROWS = 6
const DOTS = ROWS * 4
const LEAST_WIDTH = 24
// bits of the dots of a character, by column and row
const BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const

/** What is drawn. */
export interface SeriesChart {
  readonly title: string
  /** Shape (n); NaN where there is nothing. */
  readonly values: Float64Array
  /** 1 under a mark, shape (n). */
  readonly marks: Uint8Array
  /** What stands under the first and the last point. */
  readonly from: string
  readonly to: string
}

/**
 * Lines of at most `width` characters: a title, six of dots with the largest and least value beside them, one of marks, one of
 * times. Of several points in a dot all that lie between their least and largest value is drawn.
 */
export function seriesChart(
  { title, values, marks, from, to }: SeriesChart,
  width: number,
  mark: (text: string) => string,
): ReadonlyArray<string> {
  const [least, most] = rangeOf(values)
  const labels = [numberText(most), numberText(least)]
  const margin = Math.max(...labels.map((label) => label.length)) + 1
  const columns = Math.max(LEAST_WIDTH, Math.min(width - 1, 160)) - margin
  const cells = dotsOf(values, columns, least, most)
  const lines = cells.map((line, row) => {
    const label = row === 0 ? labels[0] : row === ROWS - 1 ? labels[1] : ''
    return `${(label ?? '').padStart(margin - 1)} ${line}`.trimEnd()
  })
  const [start, end] = [harmless(from), harmless(to)]
  const blank = Math.max(1, columns - start.length - end.length)
  return [
    harmless(title),
    ...lines,
    `${' '.repeat(margin)}${marksOf(marks, columns, mark)}`.trimEnd(),
    `${' '.repeat(margin)}${start}${' '.repeat(blank)}${end}`.slice(0, Math.max(LEAST_WIDTH, width - 1)),
  ]
}

// Names and times come from files, and could steer a terminal.
function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')
}

function rangeOf(values: Float64Array): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return least <= most ? [least, most] : [0, 0]
}

function dotsOf(values: Float64Array, columns: number, least: number, most: number): ReadonlyArray<string> {
  const cells = Array.from({ length: ROWS }, () => new Uint8Array(columns))
  const heightOf = (value: number): number =>
    most > least ? Math.round(((most - value) / (most - least)) * (DOTS - 1)) : DOTS >> 1
  let before: readonly [number, number] | undefined
  for (let x = 0; x < columns * 2; x++) {
    const here = spanOf(values, x, columns * 2)
    if (here === undefined) {
      before = undefined
      continue
    }
    let [top, bottom] = [heightOf(here[1]), heightOf(here[0])]
    // what has no point in between is joined
    if (before !== undefined) [top, bottom] = [Math.min(top, before[1]), Math.max(bottom, before[0])]
    before = [heightOf(here[1]), heightOf(here[0])]
    for (let y = top; y <= bottom; y++) {
      const cell = cells[y >> 2] as Uint8Array // one for each four heights
      cell[x >> 1] = (cell[x >> 1] as number) | ((BITS[x & 1] as readonly number[])[y & 3] as number)
    }
  }
  return cells.map((line) =>
    Array.from(line, (bits) => (bits === 0 ? ' ' : String.fromCodePoint(0x2800 + bits))).join(''),
  )
}

// Least and largest value of the points of a column of dots; a column between two points has that of the one before.
function spanOf(values: Float64Array, x: number, width: number): readonly [number, number] | undefined {
  const first = Math.floor((x * values.length) / width)
  const end = Math.max(first + 1, Math.floor(((x + 1) * values.length) / width))
  const [least, most] = rangeOf(values.subarray(first, end))
  return Number.isNaN(values[first]) && least === 0 && most === 0 ? undefined : [least, most]
}

function marksOf(marks: Uint8Array, columns: number, mark: (text: string) => string): string {
  let line = ''
  for (let x = 0; x < columns; x++) {
    const first = Math.floor((x * marks.length) / columns)
    const end = Math.max(first + 1, Math.floor(((x + 1) * marks.length) / columns))
    line += marks.subarray(first, end).includes(1) ? '▲' : ' '
  }
  return line.trimEnd().replaceAll(/▲+/g, (run) => mark(run))
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(4)))
}
