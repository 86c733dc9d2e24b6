import type { OpenAPIHono } from '@hono/zod-openapi'

type Description = ReturnType<OpenAPIHono['getOpenAPI31Document']>
type Methods = NonNullable<Description['paths']>[string]
type Operation = NonNullable<Methods['get']>
type Responses = NonNullable<Operation['responses']>

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

/** The description of all routes, with what the platform itself may answer to any of them. */
export function describeApi(app: OpenAPIHono, version: string): Description {
  const described = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Nomaly',
      version,
      description: 'Anomaly detection, data quality and MLOps.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { header: [] }, {}],
  })
  const { paths = {}, components } = described
  return {
    ...described,
    tags: tagsOf(paths),
    paths: Object.fromEntries(Object.entries(paths).map(([path, methods]) => [path, withRefusals(methods)])),
    components: {
      ...components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The key of the server, where it asks for one.' },
        header: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same.' },
      },
    },
  }
}

function withRefusals(methods: Methods): Methods {
  const described = { ...methods }
  for (const method of METHODS) {
    const operation = methods[method]
    if (operation !== undefined) described[method] = { ...operation, responses: refusalsOf(operation) }
  }
  return described
}

function refusalsOf({ responses, parameters, requestBody }: Operation): Responses {
  const mayBeMalformed = requestBody !== undefined || (parameters ?? []).length > 0
  return {
    ...(mayBeMalformed && { 400: problem('The request is malformed.') }),
    401: problem('The server asks for a key, and the request shows none or another.'),
    ...(requestBody !== undefined && { 415: problem('The body is of another media type.') }),
    ...responses,
  }
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: PROBLEM } },
})

const PROBLEM = {
  type: 'object' as const,
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    detail: { type: 'string' as const },
  },
}

function tagsOf(paths: NonNullable<Description['paths']>) {
  const operations = Object.values(paths).flatMap((methods) => METHODS.map((method) => methods[method]))
  const names = new Set(operations.flatMap((operation) => operation?.tags ?? []))
  return [...names].map((name) => ({ name }))
}
