import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'

import { colourOf } from './colour-of.ts'
import { extentOf, type Points } from './points.ts'
import { moved, MOVES, type Range } from './range.ts'

const HEIGHT = 56
const KEYS: Readonly<Record<string, (typeof MOVES)[number]>> = {
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  '+': 'closer',
  '-': 'wider',
}

/** All of it, with the stretch that is looked at: dragging chooses another one, as do arrow keys, + and -, and the buttons. */
export function OverviewStrip({
  points,
  isTime,
  range,
  onRange,
}: {
  readonly points: Points
  readonly isTime: boolean
  readonly range: Range | undefined
  readonly onRange: (range: Range | undefined) => void
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const plotted = useRef<Plot>(undefined)
  const told = useRef(onRange)
  told.current = onRange
  const whole = extentOf(points)
  const shown = range ?? whole
  const latest = useRef(range)
  latest.current = range
  useEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const plot = stripOf(box, points, isTime, told)
    plotted.current = plot
    select(plot, latest.current)
    const watch = new ResizeObserver(() => {
      plot.setSize({ width: box.clientWidth, height: HEIGHT })
      select(plot, latest.current)
    })
    watch.observe(box)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [points, isTime])
  useEffect(() => plotted.current && select(plotted.current, range), [range?.[0], range?.[1]])
  const move = (one: (typeof MOVES)[number]): void => {
    const next = moved(shown, whole, one)
    onRange(next[0] <= whole[0] && next[1] >= whole[1] ? undefined : next)
  }
  const press = (event: KeyboardEvent): void => {
    const one = KEYS[event.key]
    if (one === undefined) return
    event.preventDefault()
    move(one)
  }
  return (
    <div role="group" aria-label="The stretch that is looked at" onKeyDown={press}>
      <div ref={place} class="chart strip" />
      <div class="row">
        {MOVES.map((one) => (
          <button key={one} type="button" class="quiet" onClick={() => move(one)}>
            {one.charAt(0).toUpperCase() + one.slice(1)}
          </button>
        ))}
        <button type="button" class="quiet" disabled={range === undefined} onClick={() => onRange(undefined)}>
          All
        </button>
      </div>
    </div>
  )
}

function select(plot: Plot, range: Range | undefined): void {
  const [left, right] = range === undefined ? [0, 0] : range.map((one) => plot.valToPos(one, 'x'))
  plot.setSelect({ left: left ?? 0, top: 0, width: (right ?? 0) - (left ?? 0), height: plot.over.clientHeight }, false)
}

function stripOf(
  box: HTMLElement,
  { x, value, isOdd }: Points,
  isTime: boolean,
  told: { readonly current: (range: Range | undefined) => void },
): Plot {
  const [accent, alarm] = [colourOf(box, '--accent'), colourOf(box, '--alarm')]
  const marks = value.map((one, at) => (isOdd[at] === true ? one : null))
  return new Plot(
    {
      width: box.clientWidth,
      height: HEIGHT,
      ms: 1,
      scales: { x: { time: isTime } },
      axes: [{ show: false }, { show: false }],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        bind: { dblclick: () => () => (told.current(undefined), null) },
      },
      series: [
        {},
        { stroke: accent, width: 1, points: { show: false } },
        { stroke: alarm, paths: () => null, points: { show: true, size: 5, fill: alarm } },
      ],
      hooks: {
        setSelect: [
          (plot) => {
            const { left, width } = plot.select
            if (width > 0) told.current([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')])
          },
        ],
      },
    },
    [x, value, marks].map((list) => [...list]) as Plot.AlignedData, // the x are all numbers
    box,
  )
}
