import type { DetectorSelection } from '../../domain/combination/detector-selection.ts'

const CANDIDATES_SHOWN = 4

/** A detector as people call it: its id, or what an ensemble combines. */
export function detectorText(algorithm: string, parameters: Readonly<Record<string, unknown>>): string {
  const { detectors, combine } = parameters
  if (algorithm !== 'ensemble' || !Array.isArray(detectors)) return algorithm
  const ids = detectors.map((one: { readonly id?: unknown }) => String(one.id))
  return `${String(combine)} of ${ids.join(', ')}`
}

/** What `auto` chose for a model, and why. @param centrality - see `modelCentrality` */
export function choiceText(chosen: string, centrality: number): string {
  return `auto chose ${chosen}: its ranking agrees best with those of the other candidates (mean rank correlation ${centrality.toFixed(2)})`
}

/** What `auto` chose, and why. */
export function selectionText({ chosen, rows, candidates }: DetectorSelection): string {
  const shown = candidates.slice(0, CANDIDATES_SHOWN).map(({ id, centrality }) => `${id} ${centrality.toFixed(2)}`)
  const left = candidates.length - shown.length
  const ranking = `${shown.join(', ')}${left > 0 ? `, ${left} more` : ''}`
  return (
    `auto chose ${chosen}: over ${rows.toLocaleString('en-US')} rows its ranking agrees best with those of the other ` +
    `candidates (mean rank correlation: ${ranking})`
  )
}
