import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'

import type { ResultInfo } from '../../api/results.ts'
import { extremesOf, Histogram } from '../../charts/histogram.tsx'
import { Projection } from '../../charts/projection.tsx'
import { countText, numberText } from '../../numbers.ts'
import { changeQuery } from '../../place.ts'
import { KeepModel } from './keep-model.tsx'
import type { Columns } from './load-columns.ts'
import type { Sample } from './sample.ts'

/** All scores with a threshold to move, all columns in two dimensions, and a way to keep what was fitted. */
export function MultivariateView({
  info,
  sample,
  columns,
  entity,
  threshold,
  chosen,
}: {
  readonly info: ResultInfo
  readonly sample: Sample
  readonly columns: Columns | undefined
  /** The series whose scores they are; undefined where there are none. */
  readonly entity: number | undefined
  readonly threshold: number
  readonly chosen: number | undefined
}): JSX.Element {
  const scores = useMemo(
    () =>
      sample.score.filter(
        (score, at): score is number =>
          score !== null && (entity === undefined || sample.series?.entity[at] === entity),
      ),
    [sample, entity],
  )
  const [least, most] = extremesOf(scores)
  const above = scores.reduce((count, score) => count + Number(score > threshold), 0)
  const lists = useMemo(() => [...(columns?.lists.values() ?? [])], [columns])
  const canKeep = info.model === undefined && info.series === undefined && info.dataset.id !== null
  return (
    <>
      <h2>Scores and threshold</h2>
      <Histogram scores={scores} threshold={threshold} />
      <label>
        Threshold {Number.isFinite(threshold) ? numberText(threshold) : 'none'}: {countText(above)} of{' '}
        {countText(scores.length)} {sample.isWhole ? 'rows' : 'rows looked at'} score higher
        <input
          type="range"
          min={least}
          max={most}
          step={(most - least) / 1000 || 1}
          value={Math.min(threshold, most)}
          onInput={({ currentTarget: { value } }) => changeQuery({ threshold: value, page: '' })}
        />
      </label>
      {lists.length > 1 && (
        <>
          <h2>All columns at once</h2>
          <Projection columns={lists} scores={sample.score} threshold={threshold} chosen={chosen} />
        </>
      )}
      {canKeep && (
        <>
          <h2>Keep this detector</h2>
          <KeepModel info={info} threshold={threshold} />
        </>
      )}
    </>
  )
}
