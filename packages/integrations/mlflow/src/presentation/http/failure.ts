/** From a refused call to what MLflow answers: HTTP status, `error_code` and a message in MLflow's words. */

import { pythonJson } from './request/python-text.ts'

/** An error as it goes over the wire. */
export interface Failure {
  readonly status: number
  readonly code: string
  readonly message: string
}

interface Refusal {
  readonly reason: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

type Rule = (refusal: Refusal) => Omit<Failure, 'message'> & { readonly message?: string }

const NAMES =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).'
const PATHS =
  'Names may be treated as files in certain cases, and must not resolve to other names when treated as such.'

const invalid = { status: 400, code: 'INVALID_PARAMETER_VALUE' } as const

// By the part of an error's code behind its package's name: stores of any package are served that use these words.
const rules: Readonly<Record<string, Rule>> = {
  'invalid-argument': ({ message, details }) => ({ ...invalid, message: argumentMessage(message, details) }),
  'invalid-options': () => invalid,
  'invalid-filter': ({ message, details }) => ({ ...invalid, message: filterMessage(message, details) }),
  'param-changed': (refusal) => ({ ...invalid, message: paramMessage(refusal) }),
  'invalid-state': ({ details, message }) => {
    if (details['entity'] === 'run' || details['entity'] === 'experiment') {
      return { ...invalid, message: stateMessage(details, message) }
    }
    // MLflow answers 500, which its client repeats for minutes; the name is what clients branch on
    return { status: 400, code: 'INVALID_STATE' }
  },
  'not-found': ({ details, message }) => {
    if (details['entity'] === 'alias') return { ...invalid, message: notFoundMessage(details, message) }
    return { status: 404, code: 'RESOURCE_DOES_NOT_EXIST', message: notFoundMessage(details, message) }
  },
  'already-exists': ({ details, message }) => ({
    status: 400,
    code: 'RESOURCE_ALREADY_EXISTS',
    message: existsMessage(details, message),
  }),
  'gate-refused': () => ({ status: 400, code: 'INVALID_STATE' }),
  'not-supported': () => ({ status: 501, code: 'NOT_IMPLEMENTED' }),
  'too-large': () => ({ status: 413, code: 'BAD_REQUEST' }),
  'not-allowed': () => ({ status: 403, code: 'PERMISSION_DENIED' }),
  'storage-failed': () => ({ status: 507, code: 'RESOURCE_EXHAUSTED' }), // no status that clients repeat: the disk is full
  cancelled: () => ({ status: 499, code: 'CANCELLED' }),
  unavailable: () => ({ status: 503, code: 'TEMPORARILY_UNAVAILABLE' }),
}

/** What to answer for an error that a port or an endpoint threw; undefined where it is a fault of this process. */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const reason = /^[a-z-]+\/([a-z-]+)$/.exec(error.code)?.[1]
  const rule = reason === undefined ? undefined : rules[reason]
  if (reason === undefined || rule === undefined) return undefined
  const details = 'details' in error && isRecord(error.details) ? error.details : {}
  return { message: error.message, ...rule({ reason, message: error.message, details }) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function notFoundMessage(details: Readonly<Record<string, unknown>>, otherwise: string): string {
  const key = shown(details['key'])
  switch (entityOf(details)) {
    case 'experiment':
      return `No Experiment with id=${key} exists`
    case 'run':
      return `Run with id=${key} not found`
    case 'logged-model':
      return `Logged model with ID '${key}' not found.`
    case 'registered-model':
      return `Registered Model with name=${key} not found`
    case 'alias':
      return `Registered model alias ${key} not found.`
    case 'model-version':
      return details['name'] === undefined
        ? otherwise
        : `Model Version (name=${shown(details['name'])}, version=${shown(details['version'] ?? key)}) not found`
    case 'tag':
      return details['runId'] === undefined
        ? otherwise
        : `No tag with name: ${key} in run with id ${shown(details['runId'])}`
    default:
      return otherwise
  }
}

const entityOf = (details: Readonly<Record<string, unknown>>): string => shown(details['entity']).replaceAll(' ', '-')

function argumentMessage(message: string, details: Readonly<Record<string, unknown>>): string {
  const { field, found, limit, reason } = details
  if (typeof field !== 'string') return message
  if (typeof limit === 'number') return `'${field}' exceeds the maximum length of ${limit} characters`
  const isKey = /(^|\.)key$/.test(field)
  const why = !isKey ? undefined : reason === 'characters' ? NAMES : reason === 'path' ? PATHS : undefined
  return why === undefined ? message : `Invalid value ${pythonJson(found)} for parameter '${field}' supplied: ${why}`
}

function existsMessage(details: Readonly<Record<string, unknown>>, otherwise: string): string {
  const key = shown(details['key'])
  if (details['entity'] === 'experiment') return `Experiment(name=${key}) already exists. ${otherwise}`
  if (entityOf(details) === 'registered-model') return `Registered Model (name=${key}) already exists.`
  return otherwise
}

function stateMessage(details: Readonly<Record<string, unknown>>, otherwise: string): string {
  const stage = details['stage'] === 'active' ? 'active' : 'deleted'
  if (details['key'] === undefined) return otherwise
  const wanted = stage === 'active' ? 'deleted' : 'active'
  return `The ${shown(details['entity'])} ${shown(details['key'])} must be in the '${wanted}' state. Current state is ${stage}.`
}

function paramMessage({ details, message }: Refusal): string {
  if (details['before'] === undefined) return message
  const [key, before, after] = [shown(details['key']), shown(details['before']), shown(details['after'])]
  return (
    `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' for ` +
    `run ID='${shown(details['runId'])}'. Attempted logging new value '${after}'.`
  )
}

function filterMessage(message: string, details: Readonly<Record<string, unknown>>): string {
  if (message.startsWith('Invalid ')) return message
  const where = typeof details['position'] === 'number' ? ` (at position ${details['position']})` : ''
  return `Invalid clause(s) in filter string: ${message}${message.includes('position') ? '' : where}`
}
