import type { JSX } from 'preact'

import { ChoiceOf } from './choice-of.tsx'
import type { Draft } from './draft.ts'
import type { Offers } from './offers.ts'
import { ParameterFields } from './parameter-fields.tsx'

const MISSING = [
  { value: 'median', text: 'take the median of the column' },
  { value: 'drop', text: 'leave the row out' },
  { value: 'reject', text: 'refuse the data' },
]

/** By which detector and with which parameters, or by which kept model. */
export function HowFields({
  draft,
  isSeries,
  offers,
  change,
}: {
  readonly draft: Draft
  readonly isSeries: boolean
  readonly offers: Offers
  readonly change: (changes: Partial<Draft>) => void
}): JSX.Element {
  const models = offers.models.map(({ name, version, algorithm, features }) => ({
    value: `${name}@${version}`,
    text: `${name}, version ${version} (${algorithm} on ${features.join(', ')})`,
  }))
  const detectors = isSeries ? offers.seriesDetectors : offers.detectors
  const id = isSeries ? draft.seriesDetector : draft.detector
  const detector = detectors.find((one) => one.id === id)
  return (
    <>
      {models.length > 0 && (
        <ChoiceOf
          label="Score with"
          names={models}
          none="a new detector, fitted to this data"
          value={draft.model}
          onChange={(model) => change({ model })}
        />
      )}
      {draft.model === '' && (
        <>
          <ChoiceOf
            label={isSeries ? 'Method' : 'Detector'}
            names={detectors.map(({ id: value, name }) => ({ value, text: name }))}
            {...(isSeries && { none: 'what suits the series' })}
            value={id === 'auto' && isSeries ? '' : id}
            onChange={(chosen) =>
              change({ parameters: {}, ...(isSeries ? { seriesDetector: chosen || 'auto' } : { detector: chosen }) })
            }
          />
          <p>{detector?.summary}</p>
          <ParameterFields
            key={id}
            schemas={detector?.parameters.properties ?? {}}
            onChange={(parameters) => change({ parameters })}
          />
          {isSeries ? (
            <>
              <NumberField
                label="Rows to expect as anomalies, in per cent (empty: as the scores say)"
                value={draft.seriesPercent}
                min={0.01}
                max={50}
                onInput={(seriesPercent) => change({ seriesPercent })}
              />
              <NumberField
                label="Points in a cycle (empty: looked for)"
                value={draft.period}
                min={1}
                step={1}
                onInput={(period) => change({ period })}
              />
            </>
          ) : (
            <>
              <NumberField
                label="Rows to expect as anomalies, in per cent"
                value={draft.percent}
                isNeeded
                min={0.01}
                max={50}
                onInput={(percent) => change({ percent })}
              />
              <ChoiceOf
                label="Where a value is missing"
                names={MISSING}
                value={draft.missing}
                onChange={(missing) => change({ missing })}
              />
            </>
          )}
          <NumberField
            label="Seed of random numbers: the same gives the same result"
            value={draft.seed}
            isNeeded
            min={0}
            step={1}
            onInput={(seed) => change({ seed })}
          />
        </>
      )}
    </>
  )
}

function NumberField({
  label,
  value,
  min,
  max,
  step = 'any',
  isNeeded = false,
  onInput,
}: {
  readonly label: string
  readonly value: string
  readonly min: number
  readonly max?: number
  readonly step?: number | 'any'
  readonly isNeeded?: boolean
  readonly onInput: (value: string) => void
}): JSX.Element {
  return (
    <label>
      {label}
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        required={isNeeded}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  )
}
