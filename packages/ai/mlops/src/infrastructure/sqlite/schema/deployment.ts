/** Tables of deployment. */
export const deploymentSchema = ''
