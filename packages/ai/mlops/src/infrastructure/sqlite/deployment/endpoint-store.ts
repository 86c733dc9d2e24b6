import type { EndpointChange, EndpointHistory, EndpointStore } from '../../../application/ports/endpoint-store.ts'
import type { Endpoint, EndpointRevision, NewEndpoint, Routing } from '../../../domain/deployment/endpoint.ts'
import { checkEndpointName, checkRouting } from '../../../domain/deployment/routing.ts'
import { MlopsError } from '../../../domain/errors.ts'
import { alreadyExists, notFound } from '../../../domain/refusals.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { type RegistryContext, emit } from '../registry/registry-context.ts'

const CURRENT = `SELECT e.*, r.* FROM endpoint e JOIN endpoint_revision r ON r.endpoint = e.id
  AND r.revision = (SELECT max(revision) FROM endpoint_revision WHERE endpoint = e.id)`

/** Endpoints in the file. */
export function createEndpointStore(context: RegistryContext): EndpointStore & EndpointHistory {
  const { database } = context
  return {
    create: async (endpoint) => {
      checkEndpointName(endpoint.name)
      checkRouting(endpoint.routing)
      return database.write(() => insertEndpoint(context, endpoint))
    },
    find: (name) => database.read(() => findEndpoint(database, name)),
    change: async (name, change) => {
      if (change.kind === 'route') checkRouting(change.routing)
      return database.write(() => changeEndpoint(context, name, change))
    },
    list: () =>
      database.read(() =>
        database
          .sql(`${CURRENT} ORDER BY e.name`)
          .all()
          .map((row) => endpointOf(row)),
      ),
    history: (name) =>
      database.read(() =>
        database
          .sql('SELECT * FROM endpoint_revision WHERE endpoint = ? ORDER BY revision DESC')
          .all(Number(existingRow(database, name)['id']))
          .map((row) => revisionOf(row)),
      ),
  }
}

function insertEndpoint(context: RegistryContext, endpoint: NewEndpoint): Endpoint {
  const { database } = context
  const { name, model, routing, requestedBy = '', reason = '' } = endpoint
  if (findEndpoint(database, name) !== undefined) throw alreadyExists('endpoint', name)
  const at = context.now()
  const id = database
    .sql('INSERT INTO endpoint (name, model, created_at) VALUES (?, ?, ?)')
    .run(name, model, at).lastRowId
  insertRevision(database, id, { revision: 1, routing, requestedBy, reason, at })
  emit(context, {
    type: 'nomaly.endpoint.created',
    subject: name,
    data: { name, model, revision: 1, routing, requestedBy, reason },
  })
  return existing(database, name)
}

function changeEndpoint(context: RegistryContext, name: string, change: EndpointChange): Endpoint | undefined {
  const { database } = context
  const { current, model } = existing(database, name)
  const id = Number(existingRow(database, name)['id'])
  if (change.kind === 'delete') {
    database.sql('DELETE FROM endpoint WHERE id = ?').run(id)
    emit(context, { type: 'nomaly.endpoint.deleted', subject: name, data: { name, model } })
    return undefined
  }
  if (change.replaces !== current.revision) throw replaced(name, change.replaces, current.revision)
  const { routing, restoredFrom, requestedBy = '', reason = '' } = change
  const restored = restoredFrom === undefined ? {} : { restoredFrom }
  const revision = { revision: current.revision + 1, routing, ...restored, requestedBy, reason, at: context.now() }
  insertRevision(database, id, revision)
  emit(context, { type: 'nomaly.endpoint.routed', subject: name, data: { name, model, ...revision } })
  return existing(database, name)
}

function insertRevision(database: Database, endpoint: number, revision: EndpointRevision): void {
  database
    .sql(
      `INSERT INTO endpoint_revision (endpoint, revision, routing, restored_from, requested_by, reason, at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      endpoint,
      revision.revision,
      JSON.stringify(revision.routing),
      revision.restoredFrom ?? null,
      revision.requestedBy,
      revision.reason,
      revision.at,
    )
}

function replaced(name: string, replaces: number, current: number): MlopsError {
  const message = `the endpoint '${name}' is at revision ${current}, not ${replaces}: look at it again`
  return new MlopsError('mlops/invalid-state', message, { entity: 'endpoint', key: name, retryable: true })
}

function existingRow(database: Database, name: string): SqlRow {
  const row = database.sql('SELECT * FROM endpoint WHERE name = ?').get(name)
  if (row === undefined) throw notFound('endpoint', name)
  return row
}

function existing(database: Database, name: string): Endpoint {
  const endpoint = findEndpoint(database, name)
  if (endpoint === undefined) throw notFound('endpoint', name)
  return endpoint
}

function findEndpoint(database: Database, name: string): Endpoint | undefined {
  const row = database.sql(`${CURRENT} WHERE e.name = ?`).get(name)
  return row === undefined ? undefined : endpointOf(row)
}

function endpointOf(row: SqlRow): Endpoint {
  return {
    name: String(row['name']),
    model: String(row['model']),
    createdAt: Number(row['created_at']),
    current: revisionOf(row),
  }
}

function revisionOf(row: SqlRow): EndpointRevision {
  const restored = row['restored_from']
  return {
    revision: Number(row['revision']),
    routing: JSON.parse(String(row['routing'])) as Routing, // written above
    ...(typeof restored === 'number' ? { restoredFrom: restored } : {}),
    requestedBy: String(row['requested_by']),
    reason: String(row['reason']),
    at: Number(row['at']),
  }
}
