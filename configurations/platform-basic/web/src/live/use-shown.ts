import { useEffect, useState } from 'preact/hooks'

/** Whether somebody can see the page: not in a tab behind others. */
export function useShown(): boolean {
  const [isShown, setShown] = useState(!document.hidden)
  useEffect(() => {
    const look = (): void => setShown(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isShown
}
