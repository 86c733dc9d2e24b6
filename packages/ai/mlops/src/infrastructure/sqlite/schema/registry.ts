/** Tables of registry. */
export const registrySchema = ''
