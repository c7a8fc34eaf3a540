import { expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { GET } from './route.ts'

process.env.METRICS_TOKEN = 'a token of the operator'
withTestDatabase()

const ask = (authorization: string) =>
  GET(new Request('http://localhost/api/metrics', { headers: { authorization } }))

test('the operator’s scraper is told, in the format it reads', async () => {
  const response = await ask('Bearer a token of the operator')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await response.text()).toContain('# TYPE photofinish_files gauge')
})

test('a request without the token finds nothing there', async () => {
  const response = await ask('Bearer a guess')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: 'not_found' })
})
