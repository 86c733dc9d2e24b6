/** Tables of pipeline. */
export const pipelineSchema = ''
