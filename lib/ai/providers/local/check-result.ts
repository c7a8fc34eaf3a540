import { message } from '#lib/messages/message'
import type { CheckResult } from '../provider.ts'
import { renderCanceled, renderFailed } from './local-error.ts'
import type { RenderFiles } from '../process/render-files.ts'
import type { RenderState } from '../process/render-state.ts'

/** A film takes seconds, so its progress is worth a look twice a second. */
const checkAgainMs = 500

/** What `check` answers for a state of a render. */
export function checkResultOf(state: RenderState, files: RenderFiles): CheckResult {
  switch (state.kind) {
    case 'completed':
      return { status: 'completed', output: { kind: 'path', path: files.output }, costMicros: 0 }
    case 'canceled':
      return { status: 'failed', error: renderCanceled() }
    case 'given-up':
      return { status: 'failed', error: renderFailed(state.reason) }
    case 'running': {
      const { progress = 0, message: says = message('provider.localStarting') } =
        state.progress ?? {}
      return { status: 'pending', progress, message: says, checkAgainMs }
    }
    default:
      return {
        status: 'pending',
        progress: 0,
        message: message('provider.localWaiting'),
        checkAgainMs,
      }
  }
}
