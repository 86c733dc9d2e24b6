/** From a refused call to what MLflow answers: HTTP status, `error_code` and a message in MLflow's words. */

import { argumentMessage, filterMessage } from './refusal-messages.ts'

/** An error as it goes over the wire. */
export interface Failure {
  readonly status: number
  readonly code: string
  readonly message: string
}

type Details = Readonly<Record<string, unknown>>

interface Refusal {
  readonly reason: string
  readonly message: string
  readonly details: Details
}

type Rule = (refusal: Refusal) => Omit<Failure, 'message'> & { readonly message?: string }

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
  const details = detailsOf(error)
  return { message: error.message, ...rule({ reason, message: error.message, details }) }
}

/** What an error says of itself beside its text; empty where it says nothing. */
export function detailsOf(error: unknown): Details {
  return error instanceof Error && 'details' in error && isRecord(error.details) ? error.details : {}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function notFoundMessage(details: Details, otherwise: string): string {
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
      return tagMessage(key, details) ?? otherwise
    default:
      return otherwise
  }
}

function tagMessage(key: string, { runId, experimentId, modelId }: Details): string | undefined {
  if (runId !== undefined) return `No tag with name: ${key} in run with id ${shown(runId)}`
  if (experimentId !== undefined) return `No tag with name: ${key} in experiment with id ${shown(experimentId)}`
  return modelId === undefined ? undefined : `No tag with key '${key}' found for model with ID '${shown(modelId)}'.`
}

const entityOf = (details: Details): string => shown(details['entity']).replaceAll(' ', '-')

function existsMessage(details: Details, otherwise: string): string {
  const key = shown(details['key'])
  if (entityOf(details) === 'experiment') return `Experiment(name=${key}) already exists.`
  if (entityOf(details) === 'registered-model') return `Registered Model (name=${key}) already exists.`
  return otherwise
}

function stateMessage(details: Details, otherwise: string): string {
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
