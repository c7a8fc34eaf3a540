import type { FileView } from '#lib/contract/file-view'

/** Calms whoever waits for a video that takes longer than its model is given. */
export function DelayedNotice({ view }: { view: Pick<FileView, 'isDelayed' | 'isDemo'> }) {
  if (!view.isDelayed) return null
  return (
    <p className="max-w-prose border-l-2 border-edge pl-3 text-sm text-pretty text-soft">
      Takes longer than usual for this model. It goes on
      {view.isDemo ? '.' : '; you will not be charged again.'}
    </p>
  )
}
