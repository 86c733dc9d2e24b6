import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'

/** A column, row by row, with a mark at each anomaly. Drag to look closer, double click to see all of it. */
export function TimelineChart({
  name,
  values,
  marked,
  onPick,
}: {
  readonly name: string
  readonly values: ReadonlyArray<number | null>
  /** Rows of the anomalies. */
  readonly marked: ReadonlyArray<number>
  readonly onPick: (row: number) => void
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const style = getComputedStyle(box)
    const [text, line, accent, alarm] = [
      style.color,
      ...['--line', '--accent', '--alarm'].map((one) => colourOf(box, one)),
    ]
    const rows = values.map((_, row) => row + 1) // as the table counts them
    const marks = values.map((): number | null => null)
    for (const row of marked) marks[row] = values[row] ?? null
    const axis = { stroke: text ?? '', grid: { stroke: line ?? '' }, ticks: { stroke: line ?? '' } }
    const plot = new Plot(
      {
        width: box.clientWidth,
        height: 260,
        scales: { x: { time: false } },
        axes: [axis, { ...axis, size: 64 }],
        series: [
          { label: 'row' },
          { label: name, stroke: accent ?? '', width: 1, points: { show: false } },
          {
            label: 'anomaly',
            stroke: alarm ?? '',
            paths: () => null,
            points: { show: true, size: 8, fill: alarm ?? '' },
          },
        ],
      },
      [rows, [...values], marks],
      box,
    )
    const pick = (): void => {
      const row = plot.cursor.idx
      if (row !== null && row !== undefined) onPick(row)
    }
    plot.over.addEventListener('click', pick)
    const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 260 }))
    watch.observe(box)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [name, values, marked])
  return (
    <div
      ref={place}
      class="chart"
      role="img"
      aria-label={`${name} by row, ${marked.length} anomalies marked; the table below lists them`}
    />
  )
}

// A canvas knows no light-dark(): the browser resolves it on an element.
function colourOf(box: HTMLElement, variable: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(${variable})`
  box.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
