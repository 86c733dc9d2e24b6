import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

import { follow, type LiveState } from './follow.ts'
import type { Frame } from './sse-frames.ts'
import { useShown } from './use-shown.ts'

/** A live stream as a page draws it. */
export interface Live<T> {
  readonly state: LiveState
  /** The newest, in order of arrival. */
  readonly items: ReadonlyArray<T>
}

const DRAW_MS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 2000 : 250

/**
 * Follows server-sent events while the page is shown and not paused, and goes on behind the last one. Browsers allow six
 * connections to a server: a tab that nobody sees keeps none.
 * @param most - so many of the newest are kept
 */
export function useLive<T>(
  path: string,
  {
    most,
    read,
    isPaused = false,
  }: {
    readonly most: number
    /** What a frame says; undefined where it is not of interest. */
    readonly read: (frame: Frame) => T | undefined
    readonly isPaused?: boolean
  },
): Live<T> {
  const [live, setLive] = useState<Live<T> & { readonly path: string }>()
  const seen = useRef({ path, lastId: '', items: [] as ReadonlyArray<T> })
  const isShown = useShown()
  useEffect(() => {
    if (seen.current.path !== path) seen.current = { path, lastId: '', items: [] }
    if (isPaused || !isShown) return undefined
    const control = new AbortController()
    let arrived: T[] = []
    let state: LiveState = { kind: 'connecting' }
    let timer: ReturnType<typeof setTimeout> | undefined
    const draw = (): void => {
      timer = undefined
      if (arrived.length > 0) seen.current.items = [...seen.current.items, ...arrived].slice(-most)
      arrived = []
      setLive({ path, state, items: seen.current.items })
    }
    // a burst is drawn once
    const soon = (): void => void (timer ??= setTimeout(draw, DRAW_MS))
    void follow({
      path,
      lastId: seen.current.lastId,
      onFrame: (frame) => {
        if (frame.id !== '') seen.current.lastId = frame.id
        const item = read(frame)
        if (item !== undefined) arrived.push(item)
        if (arrived.length > 2 * most) arrived = arrived.slice(-most)
        soon()
      },
      onState: (next) => {
        state = next
        soon()
      },
      signal: control.signal,
    })
    return () => {
      control.abort()
      if (timer !== undefined) {
        clearTimeout(timer)
        draw() // else what has come would be lost: its id counts as seen
      }
    }
  }, [path, isPaused, isShown])
  return live?.path === path ? live : { state: { kind: 'connecting' }, items: [] }
}

/** Says how a live connection stands. */
export function LiveNote({
  state,
  isPaused = false,
}: {
  readonly state: LiveState
  readonly isPaused?: boolean
}): JSX.Element {
  return (
    <p role="status" class={`live ${isPaused ? 'paused' : state.kind}`}>
      {isPaused ? 'Paused: what happens meanwhile comes when you go on.' : WORDS[state.kind](state)}
    </p>
  )
}

const WORDS: { readonly [Kind in LiveState['kind']]: (state: LiveState) => string } = {
  connecting: () => 'Connecting ...',
  connected: () => 'Connected: new ones appear by themselves.',
  broken: (state) =>
    state.kind === 'broken'
      ? `${state.why} Trying again in ${Math.round(state.againMs / 1000)} s; nothing is missed.`
      : '',
  refused: (state) => (state.kind === 'refused' ? `The server refuses this: ${state.why}` : ''),
}
