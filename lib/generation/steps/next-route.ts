import { type RouteChoice, rankRoutes } from '#lib/contract/choose-route'
import { noInputs } from '#lib/contract/generation-inputs'
import { findModel } from '../../ai/models/find-model.ts'
import type { Route } from '../../ai/models/model.ts'
import { routeViewOf } from '../../ai/models/route-view-of.ts'
import { env } from '../../env.ts'
import type { FilePatch } from '../../files/change-file.ts'
import type { FileRow } from '../../files/file-row.ts'
import { nextQueuePlace } from '../../files/queue-places.ts'
import { pausesAt } from '../../files/provider-pauses.ts'
import type { GenerationDeps } from '../deps.ts'

/**
 * The provider that steps in where one has refused: the best of those that can make this video within the user's
 * budget, or else within what was quoted, are switched on and not paused, and have not refused it yet. Undefined where
 * none is left.
 */
export async function nextRoute(
  row: FileRow,
  deps: GenerationDeps,
): Promise<RouteChoice | undefined> {
  const pauses = await pausesAt(deps.now())
  const refused = new Set(
    row.attempts.filter(({ outcome }) => outcome !== 'submitting').map(({ provider }) => provider),
  )
  const isOpen = ({ provider, needsVariable }: Route) =>
    provider !== row.provider &&
    deps.providers.has(provider) &&
    !pauses.has(provider) &&
    !refused.has(provider) &&
    (!needsVariable || Boolean(env()[needsVariable]))
  const model = findModel(row.model)
  const options = {
    labelOf: (provider: string) => deps.providers.get(provider)?.label ?? provider,
    reasonOff: (route: Route) => (isOpen(route) ? null : 'It cannot step in.'),
  }
  const routes = model ? model.routes.map((route) => routeViewOf(model, route, options)) : []
  return rankRoutes(routes, {
    ...row,
    maxUsd: row.maxUsd ?? Math.max(row.upToUsd, row.estimatedUsd),
    seed: row.isSeedGiven ? row.seed : null,
    inputs: row.inputs ?? noInputs,
  })[0]
}

/** Puts a file into the queue of another provider. The quote stays as it was given. */
export async function moveTo(choice: RouteChoice, because: string): Promise<FilePatch> {
  const { provider, providerLabel, supports } = choice.route
  return {
    state: 'queued',
    token: null,
    failures: 0,
    provider,
    providerLabel,
    routeReason: `${because} ${providerLabel} steps in.`,
    isCancelable: supports.cancel,
    providerUsd: choice.usd,
    message: null,
    queuePlace: await nextQueuePlace(provider),
  }
}
