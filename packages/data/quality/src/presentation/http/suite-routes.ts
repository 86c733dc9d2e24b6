import type { OpenAPIHono } from '@hono/zod-openapi'

import { importSuite, isOwnSuite } from '../../application/suites/import-suite.ts'
import { parseSuiteData } from '../../application/suites/suite-document.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Suite } from '../../domain/expectation.ts'
import { readImportQuery, readSuiteQuery } from './describe-routes.ts'
import { allowedSuite } from './read-check-request.ts'
import { bodyJson, bodyText, isYaml } from './request-body.ts'
import type { QualityRoutesDeps, SuiteTexts } from './routes-deps.ts'

const MOST_SUITE = 4 * 2 ** 20

/** Suites, in JSON and YAML, their versions, and what other documents make suites of. */
export function mountSuites(app: OpenAPIHono, deps: QualityRoutesDeps): void {
  const { suites } = deps
  app.get('/suites', async (context) => {
    const all = await suites.list()
    return context.json({
      suites: all.map(({ suite, version, savedAt }) => ({
        name: suite.name,
        version,
        savedAt,
        expectations: suite.expectations.length,
      })),
    })
  })
  app.post('/suites', async ({ req }) => {
    const suite = await suiteOf(req.raw, deps)
    return keep(suite, deps, { Location: `suites/${encodeURIComponent(suite.name)}` })
  })
  app.get('/suites/:name', async (context) => {
    const { version, format } = readSuiteQuery(context.req.query())
    const name = context.req.param('name')
    const found = await suites.get(name, version)
    if (found === undefined) throw unknownSuite(name, version)
    if (format !== 'yaml') return context.json(found)
    return context.body(textsOf(deps).documentText(found.suite, 'yaml'), 200, { 'Content-Type': 'application/yaml' })
  })
  app.get('/suites/:name/versions', async (context) => {
    const name = context.req.param('name')
    const versions = await suites.versions(name)
    if (versions.length === 0) throw unknownSuite(name, undefined)
    return context.json({ name, versions })
  })
  app.put('/suites/:name', async (context) => {
    const suite = await suiteOf(context.req.raw, deps)
    const name = context.req.param('name')
    if (suite.name === name) return keep(suite, deps)
    const told = `the suite is named ${JSON.stringify(suite.name)}, the place ${JSON.stringify(name)}`
    throw new QualityError('quality/invalid-suite', told)
  })
  app.post('/imports', async ({ req }) => {
    const options = readImportQuery(req.query())
    const { parseDocument, parseSuite, documentText } = textsOf(deps)
    const text = await bodyText(req.raw, MOST_SUITE)
    const data = parseDocument(text)
    const made = isOwnSuite(data)
      ? { suite: parseSuite(text, { format: 'yaml' }), untranslated: [], from: 'nomaly' }
      : importSuite(data, options)
    return jsonOf({ ...made, yaml: documentText(made.suite, 'yaml') })
  })
}

async function keep(
  suite: Suite,
  { suites, now }: QualityRoutesDeps,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const [before] = await suites.versions(suite.name)
  const saved = await suites.save(suite, now())
  return jsonOf(saved, before?.version === saved.version ? 200 : 201, headers)
}

async function suiteOf(request: Request, deps: QualityRoutesDeps): Promise<Suite> {
  const format = isYaml(request) ? 'yaml' : 'json'
  if (deps.texts === undefined && format === 'json')
    return allowedSuite(parseSuiteData(await bodyJson(request, MOST_SUITE)), deps)
  const text = await bodyText(request, MOST_SUITE)
  return allowedSuite(textsOf(deps).parseSuite(text, { format }), deps)
}

function textsOf({ texts }: QualityRoutesDeps): SuiteTexts {
  if (texts !== undefined) return texts
  throw new QualityError('quality/unsupported', 'only suites in JSON are read here')
}

// Whole numbers past 2^53 as text, as they are kept.
function jsonOf(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const text = JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  return new Response(text, { status, headers: { ...headers, 'Content-Type': 'application/json' } })
}

function unknownSuite(name: string, version: number | undefined): QualityError {
  const which = version === undefined ? '' : ` of version ${version}`
  return new QualityError('quality/unknown-suite', `there is no suite ${JSON.stringify(name)}${which}`, { name })
}
