import { showToast } from '#components/ui/toast/show-toast'
import { type Sentence, message } from '#lib/messages/message'

const undoMs = 10_000

/** Says what was moved to the trash or out of it, with the way back where there is one. */
export function tellMoved(
  title: Sentence,
  announce: (sentence: Sentence) => void,
  undo?: () => void,
) {
  const action = undo && { label: message('library.undo'), onClick: undo }
  showToast({
    kind: 'success',
    title,
    id: 'library',
    ...(action && { action, durationMs: undoMs }),
  })
  announce(title)
}
