import { metricsText } from '#lib/reporting/metrics'
import { assertMetricsToken } from '#lib/http/request-guards'
import { problemResponse } from '#lib/http/problem-response'

/** For Prometheus, with `Authorization: Bearer <METRICS_TOKEN>`. Not there where no token is set. */
export async function GET(request: Request) {
  try {
    assertMetricsToken(request)
    return new Response(await metricsText(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    })
  } catch (error) {
    return problemResponse(error, request)
  }
}
