import { existsSync } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A Chromium, or why there is none. */
export type InstalledChromium =
  | { readonly kind: 'ready'; readonly path: string }
  | { readonly kind: 'absent'; readonly why: string }

/**
 * The Chromium of this machine: that of the environment's `CHROMIUM`, or of the system.
 * @throws Error where there is none and CI=true: nothing may be left out there
 */
export function installedChromium(): InstalledChromium {
  const path = [process.env['CHROMIUM'] ?? '', ...PLACES].find((place) => place !== '' && existsSync(place))
  if (path !== undefined) return { kind: 'ready', path }
  const why = 'there is no Chromium: apt-get install chromium, or set CHROMIUM to the path of one'
  if (process.env['CI'] === 'true') throw new Error(why)
  return { kind: 'absent', why }
}
