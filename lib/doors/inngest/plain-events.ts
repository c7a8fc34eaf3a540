import { message } from '#lib/messages/message'
import { invalidField } from '../../errors.ts'
import { startsInOneRequest, takeStarts } from '../../http/front-door/limit-request.ts'
import { readJson } from '../../http/read-body.ts'
import { assertStillMay } from '../../people/still-may.ts'
import { withKey } from '../program-caller.ts'
import { keyOfEvent, readEvent, recipientOf } from './event.ts'
import { payerByKey } from './payer.ts'
import { startByEvent } from './start-by-event.ts'

const eventsAtMost = 20

/**
 * Events without Inngest, one or a list: starts the video of each and answers at once. All are read before the first is
 * started, and each costs what a start costs of the key's rate: a list that comes too early starts nothing. Where one is
 * refused, those before it stay started, and the same list again finds them. An `Idempotency-Key` takes the place of an
 * event's id.
 */
export const takePlainEvents = withKey(async (request, caller) => {
  const body = await readJson(request)
  // A body takes as long as its sender likes.
  await assertStillMay(caller)
  const events = (Array.isArray(body) ? body : [body]).map(readEvent)
  const recipients = events.map(recipientOf)
  const max = Math.min(eventsAtMost, startsInOneRequest())
  if (events.length === 0 || events.length > max)
    throw invalidField('body', message('inngest.events', { max }))
  takeStarts(request, caller.keyId!, events.length - 1)
  const given = request.headers.get('idempotency-key')
  const ids = []
  const fileIds = []
  for (const [index, event] of events.entries()) {
    const key = given && events.length > 1 ? `${given}:${index + 1}` : given
    const payer = await payerByKey(caller, recipients[index])
    const { id } = await startByEvent(event, payer, key)
    ids.push(event.id ?? key ?? keyOfEvent(event).key)
    fileIds.push(id)
  }
  const headers = { 'cache-control': 'no-store' }
  return Response.json({ ids, status: 200, fileIds }, { headers })
})
