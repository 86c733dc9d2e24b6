import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { Hono } from 'hono'

// From the built command's dist; the build puts the dashboard beside it.
const FOLDER = fileURLToPath(new URL('../dist/web/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** The dashboard at `/`; its assets have their hash in their names and never change. Where it was not built, `/` leads to the API's page. */
export function dashboardRoutes(): Hono {
  const app = new Hono()
  if (!existsSync(join(FOLDER, 'index.html'))) return app.get('/', (c) => c.redirect('/docs'))
  const assets = readdirSync(join(FOLDER, 'assets')).map((name) => `assets/${name}`)
  for (const path of ['index.html', ...assets]) {
    const content = readFileSync(join(FOLDER, path))
    // weak: it may be compressed on the way
    const etag = `W/"${createHash('sha256').update(content).digest('base64url')}"`
    const caching = path === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable'
    const headers = {
      etag,
      'cache-control': caching,
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    }
    app.get(path === 'index.html' ? '/' : `/${path}`, (c) =>
      isAmong(etag, c.req.header('if-none-match'))
        ? c.body(null, 304, headers)
        : c.body(new Uint8Array(content), 200, headers),
    )
  }
  return app
}

// Source: RFC 9110, section 13.1.2, which compares weakly.
function isAmong(etag: string, header = ''): boolean {
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag.slice(2))
}
