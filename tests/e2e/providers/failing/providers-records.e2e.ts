import type { APIRequestContext } from '@playwright/test'
import type { HealthView } from '#lib/contract/provider-view'
import { isCompleted, startClip, waitForClip } from '../../helpers/clips.ts'
import { metricsToken, providerTest as test } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

const veo = { model: 'veo-3.1-fast', resolution: '720p', duration: 8, generateAudio: true } as const

/** A start that costs money brings its session along. */
const openSession = (request: APIRequestContext) => request.post('/api/session')

test(
  'metrics for holders of the token, and the record in the health',
  { tag: '@long' },
  async ({ request }) => {
    await openSession(request)
    const { id } = await startClip(request, { prompt: 'A stopwatch', ...veo })
    await waitForClip(request, id, isCompleted)
    const refused = await request.get('/api/metrics')
    expect(refused.status()).toBe(404)

    const headers = { authorization: `Bearer ${metricsToken}` }
    const metrics = await request.get('/api/metrics', { headers })
    expect(metrics.status()).toBe(200)
    const text = await metrics.text()
    expect(text).toMatch(
      /^photofinish_attempts_total\{provider="kie",outcome="completed"\} [1-9]\d*$/m,
    )
    expect(text).toMatch(/^photofinish_spent_usd_total\{provider="kie"\} (?:0\.[4-9]|[1-9])/m)

    // The health may be some seconds old.
    await expect(async () => {
      const health = (await (await request.get('/health')).json()) as HealthView
      expect(health).toMatchObject({ database: { state: 'ok' }, webhooks: 'on' })
      const { kie, vertex } = health.providers
      expect(kie!.state).toBe('ok')
      expect(kie!.record.completed).toBeGreaterThan(0)
      expect(kie!.record.spentUsd).toBeGreaterThan(0)
      expect(vertex!.state).toBe('ok')
    }).toPass()
  },
)

test(
  'settings and status tell of what was spent, and what is left',
  { tag: '@long' },
  async ({ page }) => {
    await openSession(page.request)
    const { id } = await startClip(page.request, { prompt: 'A purse', ...veo })
    await waitForClip(page.request, id, isCompleted)
    await page.goto('/settings')
    const kie = page.getByRole('region', { name: 'Kie.ai' })
    await kie.getByRole('button', { name: 'Check again' }).click()
    await expect(kie).toContainText(/Balance\d,\d{3} credits/)
    await page.goto('/status')
    const row = page.getByRole('row', { name: /^Kie\.ai/ })
    await expect(row).toContainText(/\d%/)
    await expect(row).toContainText(/\$\d+\.\d\d$/)
  },
)
