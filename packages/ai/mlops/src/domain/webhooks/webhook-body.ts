// Payloads as MLflow's receivers expect them: see its `mlflow.webhooks` documentation.
import { type MlopsEvent, eventOf } from '../events/mlops-event.ts'
import { typeOf } from './webhook-checks.ts'
import type { WebhookEntity, WebhookEvent } from './webhook.ts'

const FIELDS: Readonly<Record<WebhookEntity, ReadonlyArray<string>>> = {
  REGISTERED_MODEL: ['name', 'tags', 'description'],
  MODEL_VERSION: ['name', 'version', 'source', 'run_id', 'tags', 'description'],
  MODEL_VERSION_TAG: ['name', 'version', 'key', 'value'],
  MODEL_VERSION_ALIAS: ['name', 'alias', 'version'],
  PROMPT: ['name', 'tags', 'description'],
  PROMPT_VERSION: ['name', 'version', 'template', 'tags', 'description'],
  PROMPT_TAG: ['name', 'key', 'value'],
  PROMPT_VERSION_TAG: ['name', 'version', 'key', 'value'],
  PROMPT_ALIAS: ['name', 'alias', 'version'],
}

const INTERNAL: ReadonlySet<string> = new Set(['mlflow.prompt.is_prompt', 'mlflow.prompt.text', '_mlflow_prompt_type'])

const EXAMPLE: Readonly<Record<string, unknown>> = {
  name: 'example_model',
  version: '1',
  source: 'models:/123',
  runId: 'abcd1234abcd5678',
  alias: 'example_alias',
  key: 'example_key',
  value: 'example_value',
  template: 'Hello {{name}}',
  tags: { example_key: 'example_value' },
  description: 'An example',
}

/** The body that tells an event in MLflow's format. */
export function mlflowBody({ entity, action }: WebhookEvent, event: MlopsEvent): string {
  const fields = action === 'DELETED' ? FIELDS[entity].filter((field) => deletedHas(entity, field)) : FIELDS[entity]
  const data = Object.fromEntries(fields.map((field) => [field, valueOf(field, entity, event.data)]))
  return JSON.stringify({ entity: entity.toLowerCase(), action: action.toLowerCase(), timestamp: event.time, data })
}

/** An event with made-up data, to try a webhook with. @param at - epoch milliseconds */
export function exampleEvent(event: WebhookEvent, at: number): MlopsEvent {
  const { template, ...data } = EXAMPLE
  const tags = event.entity === 'PROMPT_VERSION' ? { 'mlflow.prompt.text': template } : EXAMPLE['tags']
  return eventOf({ type: typeOf(event), data: { ...data, tags } }, { now: () => at, newId: () => 'example' })
}

/** What is gone has no value, and an alias that is gone no version. */
function deletedHas(entity: WebhookEntity, field: string): boolean {
  return field !== 'value' && !(field === 'version' && entity.endsWith('_ALIAS'))
}

function valueOf(field: string, entity: WebhookEntity, data: Readonly<Record<string, unknown>>): unknown {
  const tags = tagsOf(data)
  if (field === 'run_id') return data['runId'] ?? null
  if (field === 'template') return tags['mlflow.prompt.text'] ?? null
  if (field === 'tags') return entity.startsWith('PROMPT') ? withoutInternal(tags) : tags
  if (field === 'description' && entity.endsWith('VERSION')) return data[field] === '' ? null : data[field]
  return data[field] ?? null
}

function tagsOf({ tags }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return typeof tags === 'object' && tags !== null ? { ...tags } : {}
}

/** What makes a registered model a prompt is not told as its tag. */
function withoutInternal(tags: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !INTERNAL.has(key)))
}
