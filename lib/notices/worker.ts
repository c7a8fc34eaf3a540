import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { log } from '../log.ts'
import { pace } from '../pace.ts'
import { type Claimed, type Walk, claimDue } from './claim.ts'
import { deliver } from './deliver.ts'
import { type NoticeDeps, momentOf, productionNoticeDeps } from './deps.ts'
import { type Place, spreadSome } from './spread.ts'

const atOnce = 16
const lastAnswersMs = 1_000
const sweepOldMs = 60 * 60_000
const keptDays = 30
const removedAtOnce = 1_000

/**
 * Spreads and delivers notices until stopped. The rows are the truth: what a process leaves behind that dies, the next
 * look of another finds. Any number of processes may do so at once.
 */
export function startNotices(): { stop(): Promise<void> } {
  const ending = new AbortController()
  const deps = productionNoticeDeps(ending.signal)
  const sending = new Sending(deps)
  const looks = setInterval(() => void sending.look(), pace().noticeSweepMs)
  const old = setInterval(() => void removeOldNotices().catch(notDone), sweepOldMs)
  return {
    /** Takes nothing more, and gives the messages that are out a moment for their answers. */
    async stop() {
      clearInterval(looks)
      clearInterval(old)
      sending.isStopped = true
      await Promise.race([sending.idle(), sleep(lastAnswersMs)])
      ending.abort(new Error('the process ends'))
      await Promise.race([sending.idle(), sleep(lastAnswersMs)])
    },
  }
}

/** The messages of this process that are out: so many at once, each in a place of its own. */
class Sending {
  isStopped = false
  private readonly deps: NoticeDeps
  private readonly out = new Set<Promise<void>>()
  private looking: Promise<void> | undefined
  private isAskedAgain = false
  /** Where the walk through the outbox has come to: what waits to be sent has its turn in between. */
  private place: Place | undefined
  private readonly walk: Walk = {}

  constructor(deps: NoticeDeps) {
    this.deps = deps
  }

  /** Spreads what is there, and fills the free places. */
  async look() {
    if (this.isStopped) return
    this.isAskedAgain = true
    if (this.looking) return
    this.looking = this.lookOn()
    await this.looking
    this.looking = undefined
  }

  async idle() {
    await this.looking
    await Promise.all(this.out)
  }

  private async lookOn() {
    try {
      while (this.isAskedAgain && !this.isStopped) {
        this.isAskedAgain = false
        if (!(await isAnythingDue(this.deps))) break
        this.place = await spreadSome(this.deps, this.place)
        if (this.place) this.isAskedAgain = true
        const free = atOnce - this.out.size
        for (const claimed of await claimDue(this.deps, free, this.walk)) this.send(claimed)
      }
    } catch (error) {
      notDone(error)
    }
  }

  private send(claimed: Claimed) {
    const sent = deliver(claimed, this.deps)
      .catch(notDone)
      .finally(() => {
        this.out.delete(sent)
        void this.look()
      })
    this.out.add(sent)
  }
}

/** Asked at each look, by two indexes: what spreads and claims costs ten times as much, and most looks find nothing. */
async function isAnythingDue(deps: NoticeDeps) {
  const { rows } = await database().execute<{ isDue: boolean }>(sql`
    select exists (select from notice where spread_at is null) or coalesce(
      (select due_at from notice_delivery where state = 'due' order by due_at limit 1)
      <= ${momentOf(deps)}, false) as "isDue"`)
  return rows[0]!.isDue
}

function notDone(error: unknown) {
  log().warn({ err: error }, 'notices: a look failed')
}

/** Removes notices of before, a part of them at a time. Their deliveries go with them. */
export async function removeOldNotices() {
  for (;;) {
    const { rowCount } = await database().execute(sql`
      delete from notice where id in (
        select id from notice where created_at < now() - make_interval(days => ${keptDays})
        order by created_at limit ${removedAtOnce})`)
    if ((rowCount ?? 0) < removedAtOnce) return
  }
}
