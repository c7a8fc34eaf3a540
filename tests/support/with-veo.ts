import { afterEach, beforeEach } from 'vitest'
import { veoProviders } from './queue-veo.ts'
import { withTestDatabase } from './test-database.ts'
import { type TestGeneration, forgetEverything } from './test-generation.ts'

/**
 * Gives a test file a real database, and each of its tests an empty one and the two scripted providers of Veo. `lay`
 * makes of them what generations are made with; it is disposed of after the test.
 */
export function withVeo(lay: (made: Awaited<ReturnType<typeof veoProviders>>) => TestGeneration) {
  withTestDatabase()
  let deps: TestGeneration | undefined
  beforeEach(async () => {
    await forgetEverything()
    deps = lay(await veoProviders())
  })
  afterEach(() => deps?.dispose())
}
