import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { OutputStream } from './io.ts'
import { createNotes } from './notes.ts'

interface Screen extends OutputStream {
  text: string
}

const streamOf = (isTTY: boolean): Screen => {
  const stream: Screen = {
    isTTY,
    columns: 30,
    text: '',
    write: (chunk) => {
      stream.text += chunk
      return true
    },
    on: () => undefined,
    off: () => undefined,
  }
  return stream
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('notes', () => {
  it.each([
    { isTTY: true, isQuiet: false, shown: ['warning', 'asked', 'summary'] },
    { isTTY: false, isQuiet: false, shown: ['warning', 'asked'] },
    { isTTY: true, isQuiet: true, shown: ['warning'] },
    { isTTY: false, isQuiet: true, shown: ['warning'] },
  ])('on a terminal: $isTTY, quiet: $isQuiet, show $shown', ({ isTTY, isQuiet, shown }) => {
    const stream = streamOf(isTTY)
    const notes = createNotes(stream)
    notes.beQuiet(isQuiet)
    for (const kind of ['warning', 'asked', 'summary'] as const) notes.note(kind, kind)

    expect(
      stream.text
        .trim()
        .split('\n')
        .map((line) => line.replace('nomaly: ', '')),
    ).toEqual(shown)
  })

  it('show progress after a second, in one line that fits, and take it away', () => {
    const stream = streamOf(true)
    const notes = createNotes(stream)
    notes.progress('reading a file with a rather long name')
    vi.advanceTimersByTime(900)
    expect(stream.text).toBe('')
    vi.advanceTimersByTime(100)
    expect(stream.text).toBe('\r\u001B[2Kreading a file with a rather ')
    stream.text = ''
    notes.progress(undefined)
    vi.advanceTimersByTime(5000)
    expect(stream.text).toBe('\r\u001B[2K')
  })

  it('show no progress where nobody looks', () => {
    const stream = streamOf(false)
    createNotes(stream).progress('reading')
    vi.advanceTimersByTime(5000)

    expect(stream.text).toBe('')
  })
})
