import { answerInngest } from '#lib/doors/inngest/answer'

export const GET = answerInngest
export const POST = answerInngest
export const PUT = answerInngest
