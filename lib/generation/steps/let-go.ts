import type { Json, Provider } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'

/** Has the provider let go of what it keeps on this machine for a file, where it keeps anything. */
export async function letGo(provider: Provider, { operation }: FileRow) {
  if (operation !== null) await provider.release?.(operation as Json)
}
