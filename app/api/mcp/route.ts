import { handleMcp } from '#lib/doors/mcp/handle'

export const POST = handleMcp
// The stream and the sessions of the protocol's older form: there are none here, and its clients ask.
export const GET = handleMcp
export const DELETE = handleMcp
