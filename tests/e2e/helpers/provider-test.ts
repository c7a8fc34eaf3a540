import { startAllEmulators } from '../../emulators/all-emulators.ts'
import { AppServer, serverMs } from './servers/app-server.ts'
import { freePort } from '../../support/free-port.ts'
import { test } from './test.ts'

/** Within this time such a product looks at every row again. */
export const providerSweepMs = 1_000

export type Emulated = Awaited<ReturnType<typeof startAllEmulators>>

/** What opens `/api/metrics` of such a product. */
export const metricsToken = 'metrics-token-of-a-test'

interface ProviderFixtures {
  /** An emulator of every provider, each with its books. */
  emulated: Emulated
  /** The product with all of them switched on, and reachable for their webhooks. */
  providerServer: AppServer
}

/** The product with every provider, each an emulator of this test's own. */
export const providerTest = test.extend<object, ProviderFixtures>({
  emulated: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const emulated = await startAllEmulators()
      await use(emulated)
      await emulated.close()
    },
    { scope: 'worker' },
  ],

  providerServer: [
    async ({ emulated }, use) => {
      const server = await startProviderServer(emulated)
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],

  server: ({ providerServer }, use) => use(providerServer),
})

/** Starts a product of a test's own that speaks to the emulators; for tests that kill or configure. */
export async function startProviderServer(
  { variables }: Emulated,
  more: Record<string, string> = {},
) {
  const port = String(await freePort())
  return AppServer.start({
    variables: {
      ...variables,
      METRICS_TOKEN: metricsToken,
      PHOTOFINISH_PACE: JSON.stringify({ sweepMs: providerSweepMs }),
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...more,
    },
  })
}
