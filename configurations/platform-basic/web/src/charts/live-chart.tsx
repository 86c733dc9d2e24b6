import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'

import { colourOf } from './colour-of.ts'

/** Something drawn over the numbers of results. */
export interface LiveSeries {
  readonly name: string
  /** A variable of the style sheet. */
  readonly colour: string
  readonly as: 'line' | 'dashes' | 'points'
  readonly values: ReadonlyArray<number | null>
}

const HEIGHT = 200

/** A chart whose data are replaced as they come: it keeps nothing of those before. */
export function LiveChart({
  label,
  ids,
  series,
}: {
  readonly label: string
  readonly ids: ReadonlyArray<number>
  readonly series: ReadonlyArray<LiveSeries>
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(undefined)
  const data: Plot.AlignedData = [[...ids], ...series.map(({ values }) => [...values])]
  const form = series.map(({ name, as }) => `${name} ${as}`).join()
  useEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const made = new Plot(optionsOf(box, series), data, box)
    plot.current = made
    const watch = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height: HEIGHT }))
    watch.observe(box)
    return () => {
      watch.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [form])
  useEffect(() => plot.current?.setData(data))
  return <div ref={place} class="chart" role="img" aria-label={label} />
}

function optionsOf(box: HTMLElement, series: ReadonlyArray<LiveSeries>): Plot.Options {
  const stroke = getComputedStyle(box).color
  const line = colourOf(box, '--line')
  const axis = { stroke, grid: { stroke: line }, ticks: { stroke: line } }
  return {
    width: box.clientWidth,
    height: HEIGHT,
    scales: { x: { time: false } },
    axes: [axis, { ...axis, size: 64 }],
    series: [
      { label: 'result' },
      ...series.map(({ name, colour, as }): Plot.Series => {
        const drawn = { label: name, stroke: colourOf(box, colour), width: 1 }
        if (as === 'points') return { ...drawn, paths: () => null, points: { show: true, size: 8, fill: drawn.stroke } }
        return { ...drawn, points: { show: false }, ...(as === 'dashes' && { dash: [6, 4] }) }
      }),
    ],
  }
}
