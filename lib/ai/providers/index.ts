import { join } from 'node:path'
import { env } from '../../env.ts'
import { processWide } from '../../process-wide.ts'
import { createLocalProvider } from './local/local-provider.ts'
import type { Provider } from './provider.ts'

/** The registry: every provider this installation has switched on, by id. */
export function providers(): ReadonlyMap<string, Provider> {
  return processWide('providers', () => {
    const local = createLocalProvider({ directory: join(env().DATA_DIR, 'renders') })
    return new Map<string, Provider>([[local.id, local]])
  })
}

/** Null for a provider that is on; else the sentence that says what turns it on. */
export function reasonProviderIsOff(id: string): string | null {
  return providers().has(id) ? null : `The provider ${id} is not switched on here.`
}
