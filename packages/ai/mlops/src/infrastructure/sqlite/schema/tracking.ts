/** Tables of tracking. */
export const trackingSchema = ''
