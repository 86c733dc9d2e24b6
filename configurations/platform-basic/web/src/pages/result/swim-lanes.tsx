import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import type { Entity, ResultRow } from '../../api/results.ts'
import type { Range } from '../../charts/range.ts'
import { countText } from '../../numbers.ts'
import { sorted } from '../../parts/sorted.ts'
import { strikingness } from './points-of.ts'
import { lanesOf, SEVERITIES, severityOf } from './severity.ts'

const CELLS = 60
const FIRST = 12

/** A lane for each series, the strangest first: where its anomalies are, the higher the graver. Choosing one shows it. */
export function SwimLanes({
  name,
  entities,
  anomalies,
  extent,
  chosen,
  onChoose,
}: {
  /** The column that tells the series apart. */
  readonly name: string
  readonly entities: ReadonlyArray<Entity>
  readonly anomalies: ReadonlyArray<ResultRow>
  readonly extent: Range
  readonly chosen: number
  readonly onChoose: (entity: number) => void
}): JSX.Element {
  const [isAll, setAll] = useState(false)
  const order = sorted(
    entities.map((entity, at) => ({ entity, at })),
    ({ entity }) => strikingness(entity),
    true,
  )
  const shown = isAll ? order : order.slice(0, FIRST)
  const byKey = Map.groupBy(anomalies, ({ key }) => key ?? null)
  return (
    <>
      <ul class="lanes" aria-label={`A lane for each ${name}`}>
        {shown.map(({ entity, at }) => (
          <li key={at}>
            <button type="button" class="quiet" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
              {entity.key ?? '(none)'}
            </button>
            <Lane entity={entity} anomalies={byKey.get(entity.key) ?? []} extent={extent} />
            <span>{countText(entity.anomalies)}</span>
          </li>
        ))}
      </ul>
      <p>
        <small>The higher a mark, the farther beyond the threshold: {SEVERITIES.slice(1).join(', ')}.</small>
      </p>
      {order.length > FIRST && (
        <button type="button" class="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? 'Fewer' : `All ${countText(order.length)}`}
        </button>
      )}
    </>
  )
}

function Lane({
  entity: { key, anomalies: count, threshold },
  anomalies,
  extent,
}: {
  readonly entity: Entity
  readonly anomalies: ReadonlyArray<ResultRow>
  readonly extent: Range
}): JSX.Element {
  const marks = anomalies.map(({ time = extent[0], score }) => ({
    x: time,
    severity: severityOf(score, threshold ?? Infinity),
  }))
  const cells = lanesOf(marks, extent, CELLS)
  const gravest = SEVERITIES[Math.max(...cells)] ?? ''
  return (
    <svg
      viewBox={`0 0 ${CELLS * 10} 30`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${key ?? 'series'}: ${countText(count)} anomalies, ${gravest} at most`}
    >
      {cells.map(
        (severity, at) =>
          severity > 0 && (
            <rect
              key={at}
              class={`severity-${severity}`}
              x={at * 10}
              y={30 - severity * 10}
              width={9}
              height={severity * 10}
            />
          ),
      )}
    </svg>
  )
}
