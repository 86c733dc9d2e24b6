import { windowOf } from '@nomaly/integration-mlflow'

const window = windowOf([2, 3, 5])
console.log(`${window.length} values, the newest is ${window.at(-1)}`)
