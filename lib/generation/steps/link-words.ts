import type { FileRow } from '../../files/file-row.ts'

/** What a user reads while a video is made and paid for, and the way to its bytes leads nowhere yet. */
export function linkWords({ providerLabel, provider }: FileRow) {
  return `${providerLabel || provider} has made it; its link does not work yet. Trying again.`
}
