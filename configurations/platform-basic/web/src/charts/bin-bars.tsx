import type { JSX } from 'preact'

/** How often values lie in which of neighbouring bins, as bars. */
export function BinBars({
  label,
  counts,
  isSmall = false,
}: {
  /** Said to who does not see it. */
  readonly label: string
  readonly counts: ReadonlyArray<number>
  readonly isSmall?: boolean
}): JSX.Element {
  const most = Math.max(1, ...counts)
  const [width, height] = isSmall ? [100, 24] : [600, 140]
  const step = width / Math.max(1, counts.length)
  return (
    <svg
      class={isSmall ? 'small' : undefined}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {counts.map((count, bin) => {
        const tall = count === 0 ? 0 : Math.max(1, (count / most) * height)
        return <rect key={bin} class="normal" x={bin * step} y={height - tall} width={step * 0.9} height={tall} />
      })}
    </svg>
  )
}
