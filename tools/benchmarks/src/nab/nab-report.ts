import { type Column, markdownTable } from '../markdown-table.ts'
import { median } from '../median.ts'

/** What one seed of a configuration came to. */
export interface NabRun {
  /** Standard, reward low FP, reward low FN; undefined for what sees the whole file. */
  readonly nab?: readonly [number, number, number] | undefined
  /** Standard, each category at the threshold of the others, and the 5 % and 95 % quantile over files drawn anew. */
  readonly spread?: { readonly otherCategories: number; readonly bootstrap: readonly [number, number] } | undefined
  /** Mean over the files with windows. */
  readonly vusPr: number
  readonly pointsPerSecond: number
}

/** All seeds of one configuration. */
export interface NabOutcome {
  readonly name: string
  readonly runs: ReadonlyArray<NabRun>
}

/** Standard, reward low FP, reward low FN of a published detector, from the scores it stored, on the same files. */
const published: ReadonlyArray<readonly [string, readonly [number, number, number], number?]> = [
  ['ARTime', [70.47, 63.42, 75.42], 0.121],
  ['contextOSE (CAD OSE)', [69.37, 66.47, 72.73], 0.144],
  ['Numenta HTM', [68.21, 60.79, 72.7], 0.202],
  ['htmjava', [63.99, 55.63, 68.77]],
  ['KNN-CAD', [53.75, 35.13, 61.94]],
  ['relative entropy', [52.84, 44.17, 57.45]],
  ['Twitter ADVec', [49.56, 35.79, 55.82]],
  ['Random Cut Forest (AWS service, 2018)', [46.39, 36.88, 54.26], 0.242],
  ['windowed Gaussian', [32.52, 15.05, 39.73]],
]

/** The table of scores, and how far the first ones hang on files and seeds, as Markdown. */
export function nabReport(outcomes: ReadonlyArray<NabOutcome>): string {
  const figures = (heading: string): Column => ({ heading, figures: true })
  const headings = ['NAB standard', 'low FP', 'low FN', 'VUS-PR', 'points/s']
  const ours = outcomes.map(({ name, runs }) => {
    const nab = [0, 1, 2].map((place) =>
      runs[0]?.nab === undefined
        ? ''
        : spanOf(
            runs.map((run) => run.nab?.[place] ?? 0),
            1,
          ),
    )
    const rate = Math.round(median(runs.map((run) => run.pointsPerSecond)))
    return [
      name,
      ...nab,
      spanOf(
        runs.map(({ vusPr }) => vusPr),
        3,
      ),
      rate.toLocaleString('en-US'),
    ]
  })
  const theirs = published.map(([name, nab, vusPr]) => [
    `*${name}*`,
    ...nab.map((score) => score.toFixed(1)),
    vusPr === undefined ? '' : vusPr.toFixed(3),
    '',
  ])
  const table = markdownTable([{ heading: 'configuration' }, ...headings.map(figures)], [...ours, ...theirs])
  return `${table}\n\n${outcomes.flatMap(spreadLine).join('\n')}`
}

function spanOf(values: ReadonlyArray<number>, digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits))
  return least === most ? `${least}` : `${least} to ${most}`
}

function spreadLine({ name, runs }: NabOutcome): string[] {
  const spreads = runs.flatMap(({ spread }) => spread ?? [])
  if (spreads.length < 2) return [] // one seed says nothing of the spread
  const others = spanOf(
    spreads.map(({ otherCategories }) => otherCategories),
    1,
  )
  const [low, high] = [0, 1].map((end) => median(spreads.map(({ bootstrap }) => bootstrap[end as 0 | 1])).toFixed(1))
  return [
    `- ${name}: ${runs.length} seeds; ${others} where each category is scored at the threshold that is best for the others; ` +
      `${low} to ${high} in nine of ten sets of files drawn from these with replacement.`,
  ]
}
