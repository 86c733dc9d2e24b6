import { useEffect, useRef, useState } from 'preact/hooks'

/** A value that changes at most once in some time: what is read out must not talk without end. */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value)
  const last = useRef(-Infinity)
  useEffect(() => {
    const show = (): void => {
      last.current = performance.now()
      setShown(value)
    }
    const timer = setTimeout(show, Math.max(0, last.current + ms - performance.now()))
    return () => clearTimeout(timer)
  }, [value, ms])
  return shown
}
