import webPush from 'web-push'
import type { Channel, TellOutcome, Telling } from '../channel.ts'
import { type Post, post } from '../post.ts'
import { wordsOf } from '../words.ts'
import { forgetSubscription, subscriptionOf, subscriptionsOf } from './subscriptions.ts'
import { vapidDetails } from './vapid.ts'

// A push service keeps it for a browser that is off. What is a day old is news no more.
const keptSeconds = 24 * 60 * 60
/** RFC 8030, 5.4: a later message of a topic takes the place of one that was not delivered yet. */
const topicLength = 32

/** A test may allow loopback addresses; else the environment says. */
type Options = Pick<Post, 'isLoopbackAllowed'>

/** Tells by browser push: one message a browser, encrypted for it (RFC 8291), in the user's language. */
export function pushChannel(options: Options = {}): Channel {
  const targetsOfUser = async (userId: string) =>
    (await subscriptionsOf(userId)).map(({ id }) => id)
  return {
    name: 'push',
    hasDigest: true,
    targetsOf: ({ userId }) => targetsOfUser(userId),
    targetsOfUser,
    tell: (telling) => tell(telling, options),
  }
}

async function tell(telling: Telling, options: Options): Promise<TellOutcome> {
  const subscription = await subscriptionOf(telling.target)
  if (!subscription) return { end: 'over', answer: { status: null, code: 'gone' } }
  const { endpoint, p256dh, auth, id } = subscription
  const payload = JSON.stringify(await payloadOf(telling))
  const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
    vapidDetails: vapidDetails(),
    TTL: keptSeconds,
    urgency: 'normal',
    topic: topicOf(telling),
  })
  const { headers, body } = details
  const outcome = await post({
    url: endpoint,
    headers,
    body,
    signal: telling.signal,
    ...options,
  })
  if (!isGone(outcome)) return outcome
  await forgetSubscription(id)
  return { end: 'over', answer: outcome.answer }
}

/** The push service knows no such subscription any more, or there can be no push service at that address. */
function isGone({ end, answer }: TellOutcome) {
  return end === 'over' || answer.status === 404 || answer.code === 'blocked_address'
}

function topicOf({ notices }: Telling) {
  const [first] = notices
  return (first?.id ?? 'test').replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, topicLength)
}

/** What `public/sw.js` shows, and the page it opens, below the studio's own address. */
async function payloadOf(telling: Telling) {
  const { title, body, path } = await wordsOf(telling)
  const [first, ...others] = telling.notices
  const tag = others.length > 0 ? 'several' : (first?.fileId ?? 'test')
  return { title, body, tag, path }
}
