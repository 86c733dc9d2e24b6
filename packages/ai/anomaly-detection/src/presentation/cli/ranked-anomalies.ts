export { rankedRows as rankedAnomalies } from '../../domain/ranked-rows.ts'
