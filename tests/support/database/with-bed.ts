import { afterAll, beforeAll, test as base } from 'vitest'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { veoProviders } from '../generations/queue-veo.ts'
import { scriptedProvider } from '../generations/scripted-provider.ts'
import { withTestDatabase } from './test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  testGeneration,
} from '../generations/test-generation.ts'
import { tinyMp4 } from '../films/tiny-mp4.ts'

// The bed of a test file of generations: a real database, and for each test an empty one, providers that keep books, and
// what generations are made with. A file says only what is different about its own.

/** What the current test works with. A test may put other deps in the place of these. */
type Bed<Providers> = Providers & { deps: TestGeneration }

interface Differences {
  /** The queue runs. */
  hasQueue?: boolean
}

/** The two scripted providers of Veo, Kie.ai and Vertex AI. `lay` makes deps of them; without one, of both. */
export function veoBed(
  lay = ({ kie, vertex }: Awaited<ReturnType<typeof veoProviders>>) =>
    testGeneration([kie, vertex]),
  differences?: Differences,
) {
  return bedOf(veoProviders, lay, differences)
}

/** One scripted provider in the place of the local renderer. */
export function localBed(
  lay = ({ provider }: Awaited<ReturnType<typeof localProvider>>) => testGeneration(provider),
  differences?: Differences,
) {
  return bedOf(localProvider, lay, differences)
}

async function localProvider() {
  return { provider: scriptedProvider({ videoPath: await tinyMp4() }) }
}

function bedOf<Providers extends object>(
  make: () => Promise<Providers>,
  lay: (made: Providers) => TestGeneration,
  { hasQueue = false }: Differences = {},
) {
  withTestDatabase()
  if (hasQueue) {
    beforeAll(startQueue)
    afterAll(() => stopQueue(1_000))
  }
  // Also for the helpers of a file, which are no fixtures.
  const bed = {} as Bed<Providers>
  const test = base.extend('bed', { auto: true }, async ({ task: _ }, { onCleanup }) => {
    await forgetEverything()
    const made = await make()
    Object.assign(bed, made, { deps: lay(made) })
    onCleanup(() => bed.deps.dispose())
    return bed
  })
  return { test, bed }
}
