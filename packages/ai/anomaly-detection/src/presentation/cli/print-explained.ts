/** What `explain` prints: a line a feature, or in JSON an object a row. */
import type { FeatureContribution, FeatureImportance, RowExplanation } from '../../domain/explanation/explanation.ts'
import type { DetectionCommandContext, OutputColumn, OutputRecords, OutputTarget } from './command-context.ts'
import { contributionBars } from './contribution-bar.ts'
import type { Explained } from './detection-work.ts'
import { selectionText } from './detector-text.ts'
import { additionText, counterfactualText, importanceText, verdictText } from './explanation-text.ts'
import type { OutputFormat } from './output-format.ts'

const number = (name: string): OutputColumn => ({ name, kind: 'number' })
const text = (name: string): OutputColumn => ({ name, kind: 'text' })
const ROW: OutputColumn = { name: 'row', kind: 'integer' }

/** Prints explanations, and sums them up in notes. */
export async function printExplained(
  { explanations, importance, selection }: Explained,
  target: OutputTarget,
  context: DetectionCommandContext,
): Promise<void> {
  const format = await context.formatOf(target)
  await context.print(
    importance === undefined ? rowRecords(explanations, format) : importanceRecords(importance, format),
    target,
  )
  if (selection !== undefined) context.note(selectionText(selection), 'asked')
  if (importance !== undefined) context.note(`${importance.method}: ${importanceText(importance)}`, 'asked')
  else if (explanations.length === 0) context.note('no row is an anomaly; --row N explains any row', 'asked')
  for (const one of explanations) {
    context.note(verdictText(one, one.row + 1), 'asked')
    context.note(`${one.method}: ${additionText(one)}`, 'asked')
    if (one.counterfactual !== undefined) context.note(counterfactualText(one.counterfactual), 'asked')
  }
}

function rowRecords(explanations: ReadonlyArray<RowExplanation>, format: OutputFormat): OutputRecords {
  if (format === 'csv') return featureLines(explanations)
  return format === 'table' ? featureTable(explanations) : rowObjects(explanations)
}

function rowObjects(explanations: ReadonlyArray<RowExplanation>): OutputRecords {
  return {
    columns: [
      ROW,
      number('score'),
      number('threshold'),
      text('detector'),
      text('kind'),
      text('method'),
      text('output'),
      number('base_value'),
      number('output_value'),
      number('residual'),
      number('fit'),
      text('contributions'),
      text('counterfactual'),
    ],
    rows: explanations.map((one) => [
      one.row + 1,
      one.score,
      one.threshold,
      one.detector,
      one.kind,
      one.method,
      one.output,
      one.baseValue,
      one.outputValue,
      one.residual,
      one.fit,
      one.contributions,
      one.counterfactual,
    ]),
  }
}

function featureLines(explanations: ReadonlyArray<RowExplanation>): OutputRecords {
  const rows = explanations.flatMap((one) =>
    one.contributions.map((part) => [
      one.row + 1,
      one.score,
      one.method,
      one.output,
      one.baseValue,
      part.feature,
      part.value,
      part.contribution,
      part.standardError,
      normalAt(one, part),
    ]),
  )
  const parts = [
    text('feature'),
    number('value'),
    number('contribution'),
    number('standard_error'),
    number('normal_at'),
  ]
  return { columns: [ROW, number('score'), text('method'), text('output'), number('base_value'), ...parts], rows }
}

function featureTable(explanations: ReadonlyArray<RowExplanation>): OutputRecords {
  const isSampled = explanations.some(({ contributions }) => contributions.some((part) => part.standardError > 0))
  const hasChange = explanations.some(({ counterfactual }) => counterfactual?.outcome === 'found')
  const rows = explanations.flatMap((one) => {
    const bar = contributionBars(one.contributions.map(({ contribution }) => contribution))
    return one.contributions.map((part) => [
      ...(explanations.length > 1 ? [one.row + 1] : []),
      part.feature,
      part.value,
      part.contribution,
      ...(isSampled ? [part.standardError] : []),
      bar(part.contribution),
      ...(hasChange ? [normalAt(one, part)] : []),
    ])
  })
  return {
    columns: [
      ...(explanations.length > 1 ? [ROW] : []),
      text('feature'),
      number('value'),
      number('contribution'),
      ...(isSampled ? [number('standard_error')] : []),
      text(''),
      ...(hasChange ? [number('normal_at')] : []),
    ],
    rows,
  }
}

// A text column that was encoded changes as a whole: the feature of the category that it would have shows it.
function normalAt({ counterfactual }: RowExplanation, { feature }: FeatureContribution): number | string | undefined {
  if (counterfactual?.outcome !== 'found') return undefined
  const { feature: changed, to } = counterfactual
  return feature === changed || feature === `${changed}=${to}` ? to : undefined
}

function importanceRecords(importance: FeatureImportance, format: OutputFormat): OutputRecords {
  const { method, detector, output, baseValue, outputValue, contributions } = importance
  const columns = [text('feature'), number('contribution'), number('standard_error')]
  const bar = contributionBars(contributions.map(({ contribution }) => contribution))
  switch (format) {
    case 'table':
      return {
        columns: [...columns, text('')],
        rows: contributions.map((one) => [one.feature, one.contribution, one.standardError, bar(one.contribution)]),
      }
    case 'csv':
      return {
        columns: [text('method'), text('output'), ...columns],
        rows: contributions.map((one) => [method, output, one.feature, one.contribution, one.standardError]),
      }
    case 'json':
    case 'jsonl':
      return {
        columns: [
          text('detector'),
          text('kind'),
          text('method'),
          text('output'),
          number('base_value'),
          number('output_value'),
          text('contributions'),
        ],
        rows: [[detector, importance.kind, method, output, baseValue, outputValue, contributions]],
      }
  }
}
