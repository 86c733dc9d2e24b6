import type { JSX } from 'preact'

import { countText } from '../numbers.ts'

/** How far something is. Without a total it only says that it goes on. */
export function ProgressBar({
  label,
  done,
  total,
  unit = '',
}: {
  readonly label: string
  readonly done: number
  readonly total?: number | undefined
  /** Said behind the counts, such as `rows`. */
  readonly unit?: string
}): JSX.Element {
  const isKnown = total !== undefined && total > 0
  const share = isKnown ? Math.min(1, done / total) : undefined
  return (
    <div class="progress">
      <progress aria-label={label} max={1} value={share} />
      <span>
        {label}
        {isKnown && `: ${Math.floor((share ?? 0) * 100)} %, ${countText(done)} of ${countText(total)} ${unit}`}
      </span>
    </div>
  )
}
