import type { NoteKind } from '@nomaly/ai-anomaly-detection/cli'

import type { OutputStream } from './io.ts'

const SILENT_MS = 1000
const TICK_MS = 200
const CLEAR = '\r\u001B[2K'

/** What is said beside the output: lines, and on a terminal the progress of what takes longer than a second. */
export interface Notes {
  readonly note: (text: string, kind: NoteKind) => void
  readonly progress: (text: string | undefined) => void
  readonly beQuiet: (quiet: boolean) => void
}

/** Notes on a stream for people, usually stderr. */
export function createNotes(stream: OutputStream): Notes {
  const isTerminal = stream.isTTY === true
  let isQuiet = false
  let doing: string | undefined
  let startedAt = 0
  let isShown = false
  let timer: NodeJS.Timeout | undefined

  const clear = (): void => {
    if (isShown) stream.write(CLEAR)
    isShown = false
  }
  const draw = (): void => {
    const elapsedMs = Date.now() - startedAt
    if (doing === undefined || elapsedMs < SILENT_MS) return
    const line = `${doing} ... ${Math.floor(elapsedMs / 1000)} s`
    stream.write(`${CLEAR}${line.slice(0, (stream.columns ?? 80) - 1)}`)
    isShown = true
  }
  return {
    beQuiet: (quiet) => {
      isQuiet = quiet
    },
    note: (text, kind) => {
      if (kind !== 'warning' && isQuiet) return
      if (kind === 'summary' && !isTerminal) return
      clear()
      stream.write(`${kind === 'warning' ? 'nomaly: ' : ''}${text}\n`)
    },
    progress: (text) => {
      if (!isTerminal || isQuiet) return
      doing = text
      if (text === undefined) {
        clearInterval(timer)
        timer = undefined
        clear()
      } else if (timer === undefined) {
        startedAt = Date.now()
        timer = setInterval(draw, TICK_MS).unref()
      }
    },
  }
}
