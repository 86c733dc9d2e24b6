/** Bars of contributions: what makes a row more abnormal grows to the right of a line, what makes it less to the left. */

const WIDTH = 24 // characters, both sides together
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Draws one bar after another, all on the scale of the given contributions. */
export function contributionBars(contributions: ReadonlyArray<number>): (contribution: number) => string {
  const most = Math.max(0, ...contributions)
  const least = Math.min(0, ...contributions)
  const range = most - least
  const left = least < 0 ? Math.max(1, Math.round((-least / range) * WIDTH)) : 0 // the smallest has a side of its own
  const right = WIDTH - left
  const line = left > 0 ? '│' : ''
  return (contribution) => {
    if (!(range > 0)) return ''
    if (contribution >= 0) return `${' '.repeat(left)}${line}${growing((contribution / range) * WIDTH, right)}`
    return `${falling((-contribution / range) * WIDTH, left).padStart(left)}${line}`
  }
}

function growing(length: number, most: number): string {
  const eighths = Math.min(Math.round(length * 8), most * 8)
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

// There are no eighths that grow to the left, only a half.
function falling(length: number, most: number): string {
  const halves = Math.min(Math.max(1, Math.round(length * 2)), most * 2)
  return (halves % 2 === 1 ? '▐' : '') + '█'.repeat(Math.floor(halves / 2))
}
