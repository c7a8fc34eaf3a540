import { showToast } from '#components/ui/show-toast'
import type { FileView } from '#lib/contract/file-view'

/** Says so where a start was answered with a video that was there already. */
export function tellReuse(views: readonly FileView[]) {
  const ready = views.find(({ status }) => status === 'completed')
  if (!ready) return
  showToast({
    kind: 'info',
    title: 'Here is the identical video of the last hour',
    description: 'Nothing was made anew, and nothing is charged.',
    id: `reuse-${ready.id}`,
  })
}
