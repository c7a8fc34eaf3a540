import { costOf } from '#lib/contract/choose-route'
import { findModel, findRoute } from '../../ai/models/find-model.ts'
import type { AttemptRow } from '../../files/attempts.ts'
import type { FilePatch } from '../../files/change-file.ts'
import type { FileRow } from '../../files/file-row.ts'

/** The patch that puts a file back into the hands of an attempt it had gone on without. */
export function backTo(row: Pick<FileRow, 'model' | 'duration'>, attempt: AttemptRow): FilePatch {
  const { token, provider, providerLabel, reason, startedAt } = attempt
  const route = findRoute(row.model, provider)
  const supports = { ...findModel(row.model)?.supports, ...route?.supports }
  return {
    token,
    provider,
    providerLabel,
    routeReason: reason,
    startedAt,
    checks: 0,
    failures: 0,
    message: null,
    queuePlace: null,
    ...(route && {
      isCancelable: supports.cancel ?? false,
      providerUsd: costOf(route.price, row.duration),
    }),
  }
}
