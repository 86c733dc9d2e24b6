import { MlopsError } from '@nomaly/ai-mlops'

console.log(new MlopsError('mlops/not-found', 'nothing here yet').code)
