/**
 * Pictures of a page, light and dark, by Chromium: `node src/page-pictures.ts report.html docs/pictures/profile 1200x1000` writes
 * docs/pictures/profile-light.png and profile-dark.png. `CHROMIUM` names the program, by default `chromium`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [page, prefix, size = '1200x1000'] = process.argv.slice(2)
if (page === undefined || prefix === undefined || !/^\d+x\d+$/.test(size)) {
  throw new Error('usage: page-pictures PAGE.html PREFIX [WIDTHxHEIGHT]')
}
const SCHEMES = { dark: 0, light: 1 } // Blink's own numbers of preferred colour schemes
for (const [name, scheme] of Object.entries(SCHEMES)) {
  const profile = mkdtempSync(join(tmpdir(), 'nomaly-pictures-'))
  execFileSync(
    process.env['CHROMIUM'] ?? 'chromium',
    [
      '--headless',
      '--no-sandbox', // in containers the user is root
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${profile}`,
      `--blink-settings=preferredColorScheme=${scheme}`,
      `--window-size=${size.replace('x', ',')}`,
      `--screenshot=${resolve(`${prefix}-${name}.png`)}`,
      pathToFileURL(resolve(page)).href,
    ],
    { stdio: 'ignore', timeout: 60_000 },
  )
  rmSync(profile, { recursive: true, force: true })
  console.log(`${prefix}-${name}.png`)
}
