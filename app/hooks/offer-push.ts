import { showToast } from '#components/ui/toast/show-toast'
import { canPush, pushState, subscribeHere } from '#lib/ai/api/people/push'
import { ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'

const mark = 'photofinish.push.offered'
// An offer may be read in peace, and goes by itself.
const shownMs = 30_000

/** Offers a push for what takes long, once a browser: where it can, and its user has not been asked. */
export async function offerPush() {
  if (!canPush() || wasOffered() || (await pushState()) !== 'ask') return
  showToast({
    kind: 'info',
    id: 'push-offer',
    title: message('push.offer'),
    description: message('push.offerHelp'),
    action: { label: message('push.turnOn'), onClick: () => void turnOn() },
    durationMs: shownMs,
  })
}

async function turnOn() {
  try {
    await subscribeHere()
    showToast({ kind: 'success', id: 'push-offer', title: message('push.isOn') })
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    showToast({ kind: 'error', id: 'push-offer', title: error.problem.detail })
  }
}

/** Where it cannot be written down, it is not offered: it would be again and again. */
function wasOffered() {
  try {
    if (localStorage.getItem(mark)) return true
    localStorage.setItem(mark, '1')
    return false
  } catch {
    return true
  }
}
