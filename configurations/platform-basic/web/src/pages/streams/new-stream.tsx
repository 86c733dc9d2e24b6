import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Failure } from '../../api/use-answer.tsx'
import { textsOf } from '../../parts/texts-of.ts'
import { useAction } from '../../parts/use-action.ts'
import { goTo } from '../../place.ts'
import type { Stream } from './stream.ts'

const DETECTORS = [
  ['', 'chosen for the data: surprise for one number, rcf for several'],
  ['ewma', 'ewma: how far from a moving mean'],
  ['robust-z-score', 'robust-z-score: how far from the median'],
  ['surprise', 'surprise: what a forecast did not expect'],
  ['rcf', 'rcf: a forest over the newest samples'],
  ['half-space-trees', 'half-space-trees: a fast forest'],
  ['online-iforest', 'online-iforest: an isolation forest that goes on'],
  ['knn', 'knn: far from its nearest neighbours'],
] as const

/** Makes a stream; everything but the name has a default. */
export function NewStream(): JSX.Element {
  const making = useAction(async (form: HTMLFormElement) => {
    const { features, falseAlarms, ...told } = Object.fromEntries(
      Object.entries(textsOf(form)).filter(([, text]) => text !== ''), // the defaults are the server's
    )
    const body = {
      ...told,
      ...(features !== undefined && { features: features.split(/\s*,\s*/) }),
      ...(falseAlarms !== undefined && { falseAlarms: Number(falseAlarms) / 100 }),
    }
    const { name } = await ask<Stream>('/api/v1/streams', { body })
    goTo('stream', { name })
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        making.start(event.currentTarget)
      }}
    >
      <Field name="name" label="Name: letters, digits, dots and dashes" isRequired />
      <details>
        <summary>How: detector, fields, false alarms</summary>
        <label>
          Detector
          <select name="detector">
            {DETECTORS.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <Field name="features" label="Fields to watch, with commas between; else all numbers of the first sample" />
        <Field name="key" label="Field that names the entity, where each is to have a model of its own" />
        <Field name="time" label="Field of the time: epoch milliseconds or ISO 8601" />
        <label>
          Per cent of normal samples that may be taken for anomalies
          <input type="number" name="falseAlarms" min={0.001} max={50} step="any" placeholder="0.5" />
        </label>
      </details>
      <p>
        <button type="submit" disabled={making.isBusy}>
          Make the stream
        </button>
      </p>
      {making.why !== undefined && <Failure why={making.why} />}
    </form>
  )
}

function Field({
  name,
  label,
  isRequired = false,
}: {
  readonly name: string
  readonly label: string
  readonly isRequired?: boolean
}): JSX.Element {
  return (
    <label>
      {label}
      <input type="text" name={name} required={isRequired} autocomplete="off" />
    </label>
  )
}
