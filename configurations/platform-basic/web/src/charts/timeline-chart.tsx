import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'

import { colourOf } from './colour-of.ts'
import type { Points } from './points.ts'
import type { Range } from './range.ts'

const HEIGHT = 280

/** Values along time or rows, with the band that was expected and a mark at each anomaly. Dragging looks closer, a click picks a row. */
export function TimelineChart({
  name,
  points,
  isTime,
  range,
  chosen,
  onRange,
  onPick,
}: {
  readonly name: string
  readonly points: Points
  readonly isTime: boolean
  readonly range: Range
  /** The row that is looked at. */
  readonly chosen: number | undefined
  readonly onRange: (range: Range | undefined) => void
  readonly onPick: (row: number) => void
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const plotted = useRef<Plot>(undefined)
  const told = useRef({ onRange, onPick })
  told.current = { onRange, onPick }
  useEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const plot = new Plot(optionsOf(box, { name, points, isTime }, told), dataOf(points, chosen), box)
    plotted.current = plot
    plot.setScale('x', { min: range[0], max: range[1] })
    plot.over.addEventListener('click', () => {
      const row = points.row[plot.cursor.idx ?? -1]
      if (row !== undefined) told.current.onPick(row)
    })
    const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }))
    watch.observe(box)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [name, points, isTime])
  useEffect(() => plotted.current?.setData(dataOf(points, chosen), false), [chosen])
  useEffect(() => plotted.current?.setScale('x', { min: range[0], max: range[1] }), [range[0], range[1], chosen])
  const odd = points.isOdd.filter(Boolean).length
  return (
    <div
      ref={place}
      class="chart"
      role="img"
      aria-label={`${name} by ${isTime ? 'time' : 'row'}, ${odd} anomalies marked; the table below lists them`}
    />
  )
}

function dataOf({ x, row, value, isOdd, band }: Points, chosen: number | undefined): Plot.AlignedData {
  const marks = value.map((one, at) => (isOdd[at] === true ? one : null))
  const picked = value.map((one, at) => (row[at] === chosen ? one : null))
  const bands = band === undefined ? [] : [band.lower, band.upper, band.expected]
  return [x, ...bands, value, marks, picked].map((list) => [...list]) as Plot.AlignedData // the x are all numbers
}

function optionsOf(
  box: HTMLElement,
  { name, points, isTime }: { readonly name: string; readonly points: Points; readonly isTime: boolean },
  told: { readonly current: { readonly onRange: (range: Range | undefined) => void } },
): Plot.Options {
  const [text, line, accent, alarm, band] = ['--text', '--line', '--accent', '--alarm', '--band'].map((one) =>
    colourOf(box, one),
  ) as [string, string, string, string, string] // one each
  const axis: Plot.Axis = { stroke: text, grid: { stroke: line }, ticks: { stroke: line } }
  const quiet = { width: 0, points: { show: false } }
  const dots = { paths: () => null, points: { show: true, size: 8, fill: alarm } }
  return {
    width: box.clientWidth,
    height: HEIGHT,
    ms: 1,
    tzDate: (at) => Plot.tzDate(new Date(at), 'Etc/UTC'), // as in the file
    scales: { x: { time: isTime } },
    axes: [
      { ...axis, space: 90, ...(isTime && { values: timeTexts }) },
      { ...axis, size: 64 },
    ],
    cursor: {
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (told.current.onRange(undefined), null) },
    },
    ...(points.band && { bands: [{ series: [2, 1], fill: band }] }),
    series: [
      { label: isTime ? 'time (UTC)' : 'row' },
      ...(points.band
        ? [
            { label: 'from', stroke: band, ...quiet },
            { label: 'to', stroke: band, ...quiet },
            { label: 'expected', stroke: text, width: 1, dash: [4, 4], points: { show: false } },
          ]
        : []),
      { label: name, stroke: accent, width: 1.5, points: { show: points.x.length < 100 } },
      { label: 'anomaly', stroke: alarm, ...dots },
      {
        label: 'chosen',
        stroke: text,
        paths: () => null,
        points: { show: true, size: 15, width: 2, fill: 'transparent' },
      },
    ],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select
          if (width <= 0) return
          const range: Range = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          told.current.onRange(range)
        },
      ],
    },
  }
}

// Days as days, and the hours between them as hours.
function timeTexts(_plot: Plot, splits: ReadonlyArray<number>): string[] {
  return splits.map((at) => {
    const text = new Date(at).toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(11, at % 60_000 === 0 ? 16 : 19)
  })
}
