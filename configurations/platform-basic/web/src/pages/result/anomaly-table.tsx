import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { type ResultInfo, resultPath, type ResultRow, type RowsPage } from '../../api/results.ts'
import { Answered } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { countText, numberText } from '../../numbers.ts'
import { cursorIn, CursorPager } from '../../parts/cursor-pager.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { changeQuery } from '../../place.ts'
import { ChoiceOf } from '../dataset/choice-of.tsx'
import { VerdictBadge } from './feedback-form.tsx'
import type { Columns } from './load-columns.ts'

const PAGE = 50

/** The anomalies, page by page as the server finds them, each to be chosen; by score or by place, and by what was said of them. */
export function AnomalyTable({
  info,
  query,
  columns,
  chosen,
  entity,
  round,
  onPick,
}: {
  readonly info: ResultInfo
  readonly query: URLSearchParams
  /** Numbers of the data set, where they are at hand. */
  readonly columns: Columns | undefined
  readonly chosen: number | undefined
  /** The series that a moved threshold is about. */
  readonly entity: number
  /** Asks anew when it changes. */
  readonly round: number
  readonly onPick: (row: number) => void
}): JSX.Element {
  const [order, verdict] = [query.get('order') ?? 'score', query.get('verdict') ?? '']
  const threshold = query.get('threshold')
  const key = query.get('of') ?? (threshold === null ? null : (info.series?.entities[entity]?.key ?? null))
  const asked = new URLSearchParams({ sort: order, limit: String(PAGE) })
  if (threshold === null) asked.set('anomalies', 'true')
  else asked.set('min_score', threshold)
  if (verdict !== '') asked.set('verdict', verdict)
  if (key !== null) asked.set('key', key)
  const cursor = cursorIn(query)
  if (cursor !== undefined) asked.set('cursor', cursor)
  const path = resultPath(info.id, `/rows?${asked}`)
  const answer = usePolled(path, (signal) => ask<RowsPage>(path, { signal }), { isOver: () => true, round })
  const keys = info.series?.entities.flatMap((one) => (one.key === null ? [] : [one.key])) ?? []
  return (
    <>
      <div class="row">
        <ChoiceOf
          label="In the order of"
          names={[
            { value: 'score', text: 'score, the strangest first' },
            { value: 'row', text: 'their place in the data' },
          ]}
          value={order}
          onChange={(value) => changeQuery({ order: value, page: '' })}
        />
        <ChoiceOf
          label="Said of them"
          names={[
            { value: 'none', text: 'nothing yet' },
            { value: 'true_alarm', text: 'true alarm' },
            { value: 'false_alarm', text: 'false alarm' },
          ]}
          none="anything"
          value={verdict}
          onChange={(value) => changeQuery({ verdict: value, page: '' })}
        />
        {keys.length > 1 && (
          <ChoiceOf
            label={info.series?.key ?? 'Series'}
            names={keys}
            none="all"
            value={key ?? ''}
            onChange={(value) => changeQuery({ of: value, page: '' })}
          />
        )}
      </div>
      <Answered of={answer}>
        {({ rows, next }) => (
          <>
            {rows.length === 0 ? (
              <p>There is none. {threshold !== null && 'Move the threshold down to see more.'}</p>
            ) : (
              <DataTable
                label="Anomalies"
                columns={columnsOf(info, columns, chosen, onPick)}
                rows={rows}
                keyOf={({ row }) => row}
                chosen={chosen}
              />
            )}
            <CursorPager label="anomalies" next={next} />
          </>
        )}
      </Answered>
    </>
  )
}

function columnsOf(
  info: ResultInfo,
  columns: Columns | undefined,
  chosen: number | undefined,
  onPick: (row: number) => void,
): ReadonlyArray<Column<ResultRow>> {
  const number = (title: string, valueOf: (row: ResultRow) => number | null | undefined): Column<ResultRow> => ({
    title,
    show: (row) => textOf(valueOf(row)),
    isNumber: true,
  })
  const { series } = info
  const own =
    series === undefined
      ? info.columns
          .filter((name) => columns?.lists.has(name) === true)
          .map((name) => number(name, ({ row }) => columns?.lists.get(name)?.[row - (columns?.start ?? 0)]))
      : [
          { title: series.time, show: ({ time }: ResultRow) => (time === undefined ? '' : utcText(time)) },
          ...(series.key === undefined ? [] : [{ title: series.key, show: ({ key }: ResultRow) => key ?? '' }]),
          number(series.value, ({ value }) => value),
          ...(info.bands ? [number('Expected', ({ expected }) => expected)] : []),
        ]
  return [
    {
      title: 'Row',
      show: ({ row }) => (
        <button type="button" class="quiet" aria-pressed={row === chosen} onClick={() => onPick(row)}>
          {countText(row + 1)}
        </button>
      ),
    },
    number('Score', ({ score }) => score),
    ...own,
    { title: 'Feedback', show: ({ feedback }) => feedback && <VerdictBadge verdict={feedback.verdict} /> },
  ]
}

const textOf = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'missing' : numberText(value)

/** A moment as the file has it. */
export function utcText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '')
}
