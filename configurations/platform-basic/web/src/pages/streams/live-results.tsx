import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { LiveChart } from '../../charts/live-chart.tsx'
import { LiveNote, useLive } from '../../live/use-live.tsx'
import { useThrottled } from '../../live/use-throttled.ts'
import { countText } from '../../numbers.ts'
import { changeQuery } from '../../place.ts'
import { drawnOf, keysOf } from './drawn.ts'
import { resultOf, type Stream, streamPath } from './stream.ts'

const MOST = 500

/** The newest results of a stream as they come: values with their anomalies, and scores with the threshold. */
export function LiveResults({
  stream: { name, features, threshold },
  query,
}: {
  readonly stream: Stream
  readonly query: URLSearchParams
}): JSX.Element {
  const [isPaused, setPaused] = useState(false)
  const { state, items } = useLive(`${streamPath(name)}/results?last=${MOST}`, { most: MOST, read: resultOf, isPaused })
  const names = features ?? []
  const keys = keysOf(items)
  const feature = Math.max(0, names.indexOf(query.get('feature') ?? ''))
  const key = query.get('key') ?? keys[0]
  const drawn = drawnOf(items, key, feature)
  const anomalies = drawn.anomalies.filter((value) => value !== null).length
  const shown = names[feature] ?? 'value'
  const said = useThrottled(`Anomalies shown: ${anomalies}`, 5000)
  return (
    <>
      <div class="row">
        <Choice label="Feature" name="feature" values={names} value={shown} />
        <Choice label="Entity" name="key" values={keys} value={key ?? ''} />
        <button type="button" class="quiet" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
          Pause
        </button>
      </div>
      <LiveNote state={state} isPaused={isPaused} />
      {items.length > 0 && (
        <>
          <p>
            The newest {countText(drawn.ids.length)} results, {countText(anomalies)} of them anomalies.
          </p>
          <p role="status" class="hidden">
            {said}
          </p>
          <LiveChart
            label={`${shown} by result; the anomalies are listed below`}
            ids={drawn.ids}
            series={[
              { name: shown, colour: '--accent', as: 'line', values: drawn.values },
              { name: 'expected', colour: '--good', as: 'points', values: drawn.expected },
              { name: 'anomaly', colour: '--alarm', as: 'points', values: drawn.anomalies },
            ]}
          />
          <LiveChart
            label="Score by result, and the threshold"
            ids={drawn.ids}
            series={[
              { name: 'score', colour: '--accent', as: 'line', values: drawn.scores },
              { name: 'threshold', colour: '--alarm', as: 'dashes', values: drawn.ids.map(() => threshold ?? null) },
            ]}
          />
        </>
      )}
    </>
  )
}

function Choice({
  label,
  name,
  values,
  value,
}: {
  readonly label: string
  readonly name: string
  readonly values: ReadonlyArray<string>
  readonly value: string
}): JSX.Element | null {
  if (values.length < 2) return null
  return (
    <label class="inline">
      {label}
      <select value={value} onChange={({ currentTarget }) => changeQuery({ [name]: currentTarget.value })}>
        {values.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  )
}
