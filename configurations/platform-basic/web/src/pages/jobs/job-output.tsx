import type { JSX } from 'preact'

import { countText, numberText } from '../../numbers.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { JsonView } from '../../parts/json-view.tsx'
import { addressOf } from '../../place.ts'

type Output = Readonly<Record<string, unknown>>

/** What came of a job: in words where its kind is known, with the way to what was kept, and as JSON. */
export function JobOutput({
  id,
  kind,
  output,
}: {
  readonly id: string
  readonly kind: string
  readonly output: Output
}): JSX.Element {
  return (
    <>
      <h2>What came of it</h2>
      {SAID[kind]?.(output, id)}
      <details>
        <summary>As JSON</summary>
        <JsonView label="Output" value={output} />
      </details>
    </>
  )
}

const SAID: Readonly<Record<string, (output: Output, job: string) => JSX.Element>> = {
  detect: (output) => (
    <p>
      {anomaliesOf(output)}{' '}
      {typeof output['result'] === 'string' && (
        <a href={addressOf('result', { id: output['result'] })}>See them, and why</a>
      )}
    </p>
  ),
  explain: (output) => <p>{anomaliesOf(output)}</p>,
  train: ({ model }) => {
    const { name = '', version = 0 } = (model ?? {}) as { readonly name?: string; readonly version?: number } // as this kind answers
    return (
      <p>
        Kept as version {version} of <a href={addressOf('models')}>{name}</a>.
      </p>
    )
  },
  evaluate: ({ evaluations }) => (Array.isArray(evaluations) ? <Evaluations of={evaluations} /> : <></>),
  profile: ({ profile }) => (
    <p>
      <a href={addressOf('profile', { id: String(profile) })}>See the profile</a>
    </p>
  ),
  check: ({ result, success }) => (
    <p>
      {success === true ? '✓ The data are as expected.' : '✗ The data are not as expected.'}{' '}
      <a href={addressOf('quality-result', { id: String(result) })}>See what was checked</a>
    </p>
  ),
  suggest: (_, job) => (
    <p>
      <a href={addressOf('suggestions', { job })}>Choose from the suggestions</a>
    </p>
  ),
}

function anomaliesOf({ anomalyCount, rows }: Output): string {
  return `${countText(Number(anomalyCount))} of ${countText(Number(rows))} rows are anomalies.`
}

interface Evaluation {
  readonly detector: string
  readonly rocAuc?: number | null
  readonly averagePrecision?: number | null
}

function Evaluations({ of }: { readonly of: ReadonlyArray<Evaluation> }): JSX.Element {
  const text = (value: number | null | undefined): string => (typeof value === 'number' ? numberText(value) : '')
  return (
    <DataTable
      label="How detectors rank the rows"
      rows={of}
      keyOf={({ detector }) => detector}
      columns={[
        { title: 'Detector', show: ({ detector }) => detector },
        { title: 'ROC AUC', show: ({ rocAuc }) => text(rocAuc), isNumber: true },
        { title: 'Average precision', show: ({ averagePrecision }) => text(averagePrecision), isNumber: true },
      ]}
    />
  )
}
