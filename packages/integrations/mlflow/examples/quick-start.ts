import { MlflowError } from '@nomaly/integration-mlflow'

console.log(new MlflowError('mlflow/not-supported', 'soon').code)
