import type { PushAnswer } from '#lib/contract/people/push'
import { hasFields } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { act, ask, refusedHere } from './ask-people.ts'

const path = '/api/push/subscriptions'

/** Whether this browser can take pushes at all. A page without TLS, a private window or an iPhone's tab may not. */
export function canPush() {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
}

/** `ask` where the user was not asked yet, `no` where that is answered with no, `on` where pushes come already. */
export async function pushState(): Promise<'ask' | 'no' | 'off' | 'on'> {
  if (Notification.permission === 'denied') return 'no'
  const registration = await navigator.serviceWorker.getRegistration()
  if (await registration?.pushManager.getSubscription()) return 'on'
  return Notification.permission === 'granted' ? 'off' : 'ask'
}

/** Asks the user, and has pushes sent to this browser. Rejects with `ProblemError`, whose detail says what to do. */
export async function subscribeHere(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw refusedHere(message('push.denied'))
  const { publicKey } = await ask('GET', path, isPushAnswer)
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  const subscription = await pushManager
    .subscribe(options)
    .catch(() => resubscribe(pushManager, options))
  await act('POST', path, subscription.toJSON())
}

/** One of another key, as of a studio that was here before, stands in the way. */
async function resubscribe(pushManager: PushManager, options: PushSubscriptionOptionsInit) {
  try {
    await (await pushManager.getSubscription())?.unsubscribe()
    return await pushManager.subscribe(options)
  } catch {
    throw refusedHere(message('push.refused'))
  }
}

/** No pushes to this browser any more. */
export async function unsubscribeHere(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (!subscription) return
  await act('DELETE', path, { endpoint: subscription.endpoint })
  await subscription.unsubscribe()
}

function isPushAnswer(value: unknown): value is PushAnswer {
  return hasFields(value, { publicKey: 'string' })
}
