/** Tables of outbox. */
export const outboxSchema = ''
