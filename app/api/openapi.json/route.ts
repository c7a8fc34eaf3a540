import { answerOpenApi } from '#lib/http/openapi/answer-openapi'

/** The API as OpenAPI 3.1, for programs and for the reference at `/docs/api`. */
export const GET = (request: Request) => answerOpenApi(request)
