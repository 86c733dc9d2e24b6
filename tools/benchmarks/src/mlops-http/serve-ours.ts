// A process of its own, as MLflow's server is one: it opens the file, listens, and says where.
import { openMlopsStore } from '@nomaly/ai-mlops/node'
import { createMlflowRoutes } from '@nomaly/integration-mlflow/http'
import { serveRoutes } from '@nomaly/integration-mlflow/node'

const [path = ':memory:'] = process.argv.slice(2)
const server = await serveRoutes(createMlflowRoutes(openMlopsStore({ path })))
console.log(server.url)
