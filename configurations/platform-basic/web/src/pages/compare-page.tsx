import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'

import { askAnomalies, askResult, type ResultInfo, type ResultRow } from '../api/results.ts'
import { Answered, useAnswer } from '../api/use-answer.tsx'
import { countText, numberText, percentText } from '../numbers.ts'
import { DataTable } from '../parts/data-table.tsx'
import { addressOf } from '../place.ts'
import { cutsOf } from './compare/cuts.ts'
import { differencesOf } from './compare/differences.ts'
import { type Overlap, overlapOf } from './compare/overlap.ts'
import { rankCorrelation } from './compare/rank-correlation.ts'
import { ScoreScatter } from './compare/score-scatter.tsx'
import { loadSample, type Sample } from './result/sample.ts'

const MOST_COMPARED = 10_000 // anomalies
const MOST_LISTED = 30

interface One {
  readonly info: ResultInfo
  readonly anomalies: ReadonlyArray<ResultRow>
  readonly sample: Sample
}

/** Two results side by side: what they were made with, and whether they find the same. */
export function ComparePage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const [a, b] = [query.get('a') ?? '', query.get('b') ?? '']
  const answer = useAnswer(`${a} ${b}`, (signal) => Promise.all([loadOne(a, signal), loadOne(b, signal)]))
  return <Answered of={answer}>{([one, other]) => <Compared a={one} b={other} />}</Answered>
}

async function loadOne(id: string, signal: AbortSignal): Promise<One> {
  const info = await askResult(id, signal)
  const [anomalies, sample] = await Promise.all([
    askAnomalies(id, MOST_COMPARED, signal),
    loadSample(info, { start: 0, end: info.rows, signal }),
  ])
  return { info, anomalies, sample }
}

function Compared({ a, b }: { readonly a: One; readonly b: One }): JSX.Element {
  const isSame = isSameData(a.info, b.info)
  return (
    <>
      <p>
        A is <a href={addressOf('result', { id: a.info.id })}>the run of {a.info.algorithm}</a>, B is{' '}
        <a href={addressOf('result', { id: b.info.id })}>the run of {b.info.algorithm}</a>.
      </p>
      <h2>How they were made</h2>
      <DataTable
        label="How they were made"
        rows={differencesOf(a.info, b.info)}
        keyOf={({ name }) => name}
        columns={[
          { title: 'What', show: ({ name }) => name },
          { title: 'A', show: ({ a: text }) => text },
          { title: 'B', show: ({ a: text, b: other }) => (text === other ? other : <strong>{other}</strong>) },
          { title: 'Same?', show: ({ a: text, b: other }) => (text === other ? '=' : '≠ differs') },
        ]}
      />
      {isSame ? (
        <Agreement a={a} b={b} />
      ) : (
        <p>They are about different data, so their rows cannot be compared one by one.</p>
      )}
    </>
  )
}

function Agreement({ a, b }: { readonly a: One; readonly b: One }): JSX.Element {
  const overlap = useMemo(() => overlapOf(rowsOf(a), rowsOf(b)), [a, b])
  const scores = useMemo(() => pairsOf(a.sample, b.sample), [a, b])
  const correlation = useMemo(() => rankCorrelation(scores.a, scores.b), [scores])
  const cuts = useMemo(() => cutsOf(scores.a, scores.b), [scores])
  const isWhole =
    a.sample.isWhole && a.anomalies.length === a.info.anomalyCount && b.anomalies.length === b.info.anomalyCount
  return (
    <>
      <h2>Do they find the same?</h2>
      {!isWhole && (
        <p>
          By the strangest {countText(MOST_COMPARED)} anomalies of each, and the scores of {countText(scores.a.length)}{' '}
          rows from all over the data.
        </p>
      )}
      <ul>
        <li>
          In both: <strong>{countText(overlap.both.length)}</strong> anomalies, {percentText(overlap.jaccard)} of all
        </li>
        <li>
          Only in A: <strong>{countText(overlap.onlyA.length)}</strong>
        </li>
        <li>
          Only in B: <strong>{countText(overlap.onlyB.length)}</strong>
        </li>
        <li>
          Order of the rows (rank correlation):{' '}
          <strong>
            {correlation === undefined ? 'not defined, as one gives all rows the same score' : numberText(correlation)}
          </strong>
        </li>
      </ul>
      <OverlapLists overlap={overlap} a={a.info.id} b={b.info.id} />
      <h2>Score against score</h2>
      <ScoreScatter a={scores.a} b={scores.b} cutA={a.info.threshold ?? Infinity} cutB={b.info.threshold ?? Infinity} />
      <h2>At each threshold</h2>
      <DataTable
        label="At each threshold"
        rows={cuts}
        keyOf={({ share }) => share}
        columns={[
          { title: 'Rows called anomalies', show: ({ share, rows }) => `${percentText(share)}: ${countText(rows)}` },
          { title: 'Score in A', show: ({ scoreA }) => numberText(scoreA), isNumber: true },
          { title: 'Score in B', show: ({ scoreB }) => numberText(scoreB), isNumber: true },
          {
            title: 'In both',
            show: ({ both, rows }) => `${countText(both)} (${percentText(both / rows)})`,
            isNumber: true,
          },
        ]}
      />
    </>
  )
}

function OverlapLists({
  overlap,
  a,
  b,
}: {
  readonly overlap: Overlap
  readonly a: string
  readonly b: string
}): JSX.Element {
  const lists = [
    ['Only in A', overlap.onlyA, a],
    ['Only in B', overlap.onlyB, b],
    ['In both', overlap.both, a],
  ] as const
  return (
    <>
      {lists.map(
        ([title, rows, id]) =>
          rows.length > 0 && (
            <details key={title}>
              <summary>
                {title}: rows{rows.length > MOST_LISTED && `, the strangest ${MOST_LISTED}`}
              </summary>
              <ul class="rows">
                {rows.slice(0, MOST_LISTED).map((row) => (
                  <li key={row}>
                    <a href={addressOf('result', { id, row: String(row) })}>{countText(row + 1)}</a>
                  </li>
                ))}
              </ul>
            </details>
          ),
      )}
    </>
  )
}

const rowsOf = ({ anomalies }: One): ReadonlyArray<number> => anomalies.map(({ row }) => row)

function isSameData(a: ResultInfo, b: ResultInfo): boolean {
  if (a.dataset.sha256 !== null && a.dataset.sha256 === b.dataset.sha256) return true
  return a.dataset.id !== null && a.dataset.id === b.dataset.id
}

// Rows that have a score in both: the samples of the same number of rows are of the same rows.
function pairsOf(one: Sample, other: Sample): { readonly a: ReadonlyArray<number>; readonly b: ReadonlyArray<number> } {
  const [a, b]: [number[], number[]] = [[], []]
  for (let at = 0; at < one.score.length; at++) {
    const [x, y] = [one.score[at] ?? null, other.score[at] ?? null]
    if (x === null || y === null) continue
    a.push(x)
    b.push(y)
  }
  return { a, b }
}
