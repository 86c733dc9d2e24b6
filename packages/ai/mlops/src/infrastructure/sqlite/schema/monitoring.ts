/** Tables of monitoring. */
export const monitoringSchema = ''
