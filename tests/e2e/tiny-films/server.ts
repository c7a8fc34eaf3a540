import { join } from 'node:path'
import { providers } from '#lib/ai/providers/index'
import { createLocalProvider } from '#lib/ai/providers/local/local-provider'
import { type ResilientProvider, resilientProvider } from '#lib/ai/providers/resilient-provider'
import { env } from '#lib/env'

// The product as server.ts puts it together, with one part exchanged: the local provider is the real one, and its
// children put away tiny films in place of drawn ones. For every test that is not about the renderer.

const registry = providers() as Map<string, ResilientProvider>
const local = createLocalProvider({
  directory: join(env().DATA_DIR, 'renders'),
  command: { scriptPath: join(import.meta.dirname, 'render-child.ts') },
})
registry.set('local', resilientProvider(local))

await import('../../../server.ts')
