import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { attempt } from '../../../hooks/attempt.ts'

/** What can be asked of a video under way; where it fails, the user is told why. */
export function fileCommands(announce: (sentence: string) => void, currentId: string | undefined) {
  const told = (action: Promise<unknown>) => attempt(action, announce)
  return {
    forceCheckResults: async (fileId = currentId) => {
      if (fileId) await told(checkFile(fileId))
    },
    cancelVideo: (fileId: string) => told(cancelFile(fileId)),
    /** Submits again what may have been submitted: only a person may decide that, for it may be charged twice. */
    resubmitVideo: (fileId: string) => told(resubmitFile(fileId)),
  }
}
