import { step, type WireStep } from './step.ts'

/** Series of that run. */
export const historySteps: ReadonlyArray<WireStep> = [
  step('history', 'GET metrics/get-history?run_id={run}&metric_key=m&max_results=25000'),
  step('history of nothing', 'GET metrics/get-history?run_id={run}&metric_key=none&max_results=10'),
  step('history in pages', 'GET metrics/get-history?run_id={run}&metric_key=b&max_results=1'),
  step('history of zero rows', 'GET metrics/get-history?run_id={run}&metric_key=b&max_results=0'),
  step('history without a key', 'GET metrics/get-history?run_id={run}'),
  step('bulk history', 'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={run}&metric_key=b'),
  step('bulk history of no run', 'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk?metric_key=b'),
  step('bulk history of no key', 'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={run}'),
  step('bulk interval', 'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=b'),
  step(
    'bulk interval of one end',
    'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=b&start_step=1',
  ),
  step(
    'bulk interval backwards',
    'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=b&start_step=2&end_step=1',
  ),
  step(
    'bulk interval of too many',
    'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=b&max_results=2501',
  ),
]
