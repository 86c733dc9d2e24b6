import { markdownTable } from '../markdown-table.ts'
import type { JudgedAuc } from './judged-auc.ts'

/** The table of sets and detectors, then the worst differences and every disagreement, as Markdown. */
export function accuracyReport(judged: ReadonlyArray<JudgedAuc>, leftOut: ReadonlyArray<string>): string {
  const sets = [...new Set(judged.map(({ set }) => set))]
  const detectors = [...new Set(judged.map(({ detector }) => detector))]
  const at = (set: string, detector: string): JudgedAuc | undefined =>
    judged.find((one) => one.set === set && one.detector === detector)
  const rows = sets.map((set) => [set, ...detectors.map((detector) => cell(at(set, detector)))])
  const worst = detectors.map((detector) => worstOf(judged.filter((one) => one.detector === detector)))
  const columns = [{ heading: 'set' }, ...detectors.map((heading) => ({ heading, figures: true }))]
  const wrong = judged.filter(({ agrees }) => !agrees)
  return [
    "ROC-AUC on standardized columns (difference from PyOD's):",
    markdownTable(columns, [...rows, ['largest difference', ...worst]]),
    `${judged.length - wrong.length} of ${judged.length} agree with the reference.`,
    ...(wrong.length > 0 ? [`Disagreements:\n\n${wrong.map(disagreement).join('\n')}`] : []),
    ...(leftOut.length > 0 ? [`Left out:\n\n${leftOut.map((line) => `- ${line}`).join('\n')}`] : []),
  ].join('\n\n')
}

function cell(judged: JudgedAuc | undefined): string {
  if (!judged) return ''
  const text = `${judged.auc.toFixed(4)} (${signed(judged.difference)})`
  return judged.agrees ? text : `**${text}**`
}

function worstOf(judged: ReadonlyArray<JudgedAuc>): string {
  return Math.max(...judged.map(({ difference }) => Math.abs(difference))).toFixed(4)
}

function disagreement({ set, detector, auc, difference, tolerance }: JudgedAuc): string {
  return `- **${detector} on ${set}**: ${auc.toFixed(4)}, ${signed(difference)} where ${tolerance.toFixed(4)} is allowed`
}

function signed(value: number): string {
  const text = value.toFixed(4)
  if (Number(text) === 0) return '0.0000'
  return value > 0 ? `+${text}` : text
}
